package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderFieldsTest {
    @ParameterizedTest
    @CsvSource({
        "RTP/AVP/TCP;unicast;interleaved=0-1, 0, 1",
        // Luckfox: another order. Hikvision: a space before the SSRC. Escam: no TCP.
        "RTP/AVP/TCP;unicast;ssrc=0D6D6627;interleaved=2-3, 2, 3",
        "RTP/AVP/TCP;unicast;ssrc= d6d6627;interleaved=2-3;mode=play, 2, 3",
        "RTP/AVP;unicast;interleaved=4-5, 4, 5",
        "RTP/AVP/TCP;interleaved=6, 6, 7",
    })
    void readsInterleavedChannels(String value, int rtp, int rtcp) {
        assertThat(TransportReply.parse(value).interleaved())
                .contains(new TransportReply.Pair(rtp, rtcp));
    }

    @Test
    void readsServerPorts() {
        TransportReply reply =
                TransportReply.parse(
                        "RTP/AVP;unicast;client_port=20000-20001;server_port=6970-6971");
        assertThat(reply.serverPorts()).contains(new TransportReply.Pair(6970, 6971));
        assertThat(reply.interleaved()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "12345678, 12345678, 30000",
        "12345678;timeout=20, 12345678, 10000",
        "' 1 ; Timeout = 60', 1, 30000",
        "1;timeout=600, 1, 30000",
        "1;timeout=1, 1, 1000",
        "1;timeout=0, 1, 30000",
        "1;timeout=x, 1, 30000",
    })
    void keepsASessionAlive(String value, String id, long millis) {
        SessionHeader session = SessionHeader.parse(value);
        assertThat(session.id()).isEqualTo(id);
        assertThat(session.keepAliveInterval()).isEqualTo(Duration.ofMillis(millis));
    }
}
