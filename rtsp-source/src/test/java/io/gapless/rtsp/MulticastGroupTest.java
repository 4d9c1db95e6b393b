package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.media.GapCause;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MulticastGroupTest {
    private static final SessionPlan PLAN =
            SessionPlan.of(
                    SdpParser.parse(
                            """
                            c=IN IP4 239.1.2.3/127
                            m=video 5004 RTP/AVP 26
                            c=IN IP4 239.1.2.4/1
                            m=audio 5006 RTP/AVP 0
                            """),
                    true,
                    false);
    private static final TrackPlan.Announced NOWHERE =
            SessionPlan.of(SdpParser.parse("c=IN IP4 0.0.0.0\nm=video 0 RTP/AVP 26\n"), true, false)
                    .video()
                    .announced();

    private static MulticastGroup group(String transport, TrackPlan.Announced announced) {
        return MulticastGroup.of(TransportReply.parse(transport), announced);
    }

    @Test
    void isThatOfTheAnswer() throws Exception {
        String answer = "RTP/AVP;multicast;destination=224.2.0.1;port=3456-3457;ttl=16";
        MulticastGroup answered =
                new MulticastGroup(InetAddress.getByName("224.2.0.1"), 3456, 3457);
        assertThat(group(answer, PLAN.video().announced())).isEqualTo(answered);
        assertThat(group(answer, NOWHERE)).isEqualTo(answered);
    }

    @Test
    void isThatOfTheDescriptionWhereTheAnswerDoesNotSay() throws Exception {
        assertThat(group("RTP/AVP;multicast", PLAN.video().announced()))
                .isEqualTo(new MulticastGroup(InetAddress.getByName("239.1.2.4"), 5004, 5005));
        assertThat(group("RTP/AVP;multicast", PLAN.audio().orElseThrow().announced()))
                .isEqualTo(new MulticastGroup(InetAddress.getByName("239.1.2.3"), 5006, 5007));
        assertThat(group("RTP/AVP;multicast;port=7000", PLAN.video().announced()).rtcpPort())
                .isEqualTo(7001);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RTP/AVP;multicast",
                "RTP/AVP;multicast;destination=239.1.2.3",
                "RTP/AVP;multicast;destination=192.0.2.1;port=5004",
                "RTP/AVP;multicast;destination=localhost;port=5004",
                "RTP/AVP;multicast;destination=239.1.2.3;port=22-23",
                "RTP/AVP;multicast;destination=239.1.2.3;port=70000"
            })
    void mustBeOneThatCanBeJoined(String transport) {
        assertThatThrownBy(() -> group(transport, NOWHERE))
                .isInstanceOfSatisfying(
                        SessionFailure.class,
                        f -> assertThat(f.gapCause()).isEqualTo(GapCause.CAMERA_PROTOCOL));
    }
}
