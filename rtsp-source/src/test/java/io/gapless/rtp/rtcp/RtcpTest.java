package io.gapless.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.rtp.RtpPackets;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtcpTest {
    private static final String SENDER_REPORT =
            "80c80006 00000007 e000000080000000 00015f90 00000001 00000002";

    private final List<String> heard = new ArrayList<>();
    private final RtcpReader.Sink sink =
            new RtcpReader.Sink() {
                @Override
                public void onSenderReport(int ssrc, long ntpTimestamp, int rtpTimestamp) {
                    heard.add("%d %x %d".formatted(ssrc, ntpTimestamp, rtpTimestamp));
                }

                @Override
                public void onBye(int ssrc) {
                    heard.add("bye " + ssrc);
                }
            };

    @Test
    void readsReportAndBye() {
        RtcpReader.read(RtpPackets.hex(SENDER_REPORT + "81cb0001 00000007"), sink);
        assertThat(heard).containsExactly("7 e000000080000000 90000", "bye 7");
    }

    @Test
    void hanwhaDescriptionsMakeNoSense() {
        RtcpReader.read(RtpPackets.hex(SENDER_REPORT + "81cafffe 00000007 01ff"), sink);
        assertThat(heard).containsExactly("7 e000000080000000 90000");
    }

    @Test
    void survivesShortPackets() {
        RtcpReader.read(RtpPackets.hex("80c80006 00000007 e0000000"), sink);
        RtcpReader.read(RtpPackets.hex("80"), sink);
        assertThat(heard).isEmpty();
    }

    @Test
    void writesAReportWithADescription() {
        ByteBuffer report = new ReceiverReport(1, 2, 3, 4, 5, 6, 7, 8).encode("gapless");
        assertThat(report)
                .isEqualTo(
                        RtpPackets.hex(
                                "81c90007 00000001 00000002 03000004 00000005 00000006 00000007"
                                        + "00000008"
                                        + "81ca0004 00000001 0107 6761706c657373 000000"));
    }
}
