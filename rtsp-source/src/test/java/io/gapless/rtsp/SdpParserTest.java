package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.media.AudioCodec;
import io.gapless.media.AudioConfiguration;
import io.gapless.media.GapCause;
import io.gapless.media.VideoCodec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // the ends of lines matter
class SdpParserTest {
    @Test
    void readsAnOrdinaryDescription() {
        SessionPlan plan =
                plan(
                        """
                        v=0
                        o=- 1 1 IN IP4 192.0.2.1
                        s=Media Presentation
                        a=control:rtsp://192.0.2.1/h264/
                        t=0 0
                        m=video 0 RTP/AVP 96
                        a=rtpmap:96 H264/90000
                        a=fmtp:96 packetization-mode=1; sprop-parameter-sets=Z0LAHtoCgL/l,aM48gA==
                        a=control:trackID=1
                        m=audio 0 RTP/AVP 97
                        a=rtpmap:97 MPEG4-GENERIC/16000/1
                        a=fmtp:97 mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config=1408
                        a=control:trackID=2
                        """);
        assertThat(plan.video().codec()).isEqualTo(VideoCodec.H264);
        assertThat(plan.video().format().payloadType()).isEqualTo(96);
        assertThat(plan.video().control()).contains("trackID=1");
        TrackPlan.Audio audio = plan.audio().orElseThrow();
        assertThat(audio.configuration().codec()).isEqualTo(AudioCodec.AAC);
        assertThat(audio.configuration().sampleRateHz()).isEqualTo(16_000);
        assertThat(audio.configuration().audioSpecificConfig()).containsExactly(0x14, 0x08);
    }

    /** No v=, o=, s=; c=IN; empty fmtp; a space after rtpmap; unknown media before video. */
    @Test
    void forgivesWhatCamerasLeaveOut() {
        SessionPlan plan =
                plan(
                        "c=IN\r\nm=application/TP-LINK 0 RTP/AVP smart/1/90000\r\n"
                                + "a=rtpmap:95 TP-LINK/90000\r\nm=vana\r\nm=meta 0 x y\r\n"
                                + "m=video 0 RTP/AVP 98\r\na=rtpmap:98 H265/90000 \r\na=fmtp:98\r\n"
                                + "m=audio 0 RTP/AVP 8\r\n");
        assertThat(plan.video().codec()).isEqualTo(VideoCodec.H265);
        assertThat(plan.video().control()).isEmpty();
        assertThat(plan.audio().orElseThrow().configuration().codec()).isEqualTo(AudioCodec.PCMA);
    }

    /** VStarcam announces parameter sets that are none. */
    @Test
    void ignoresInvalidParameterSets() {
        SessionPlan plan =
                plan(
                        "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
                                + "a=fmtp:96 sprop-parameter-sets=!!,AA==,\r\n");
        assertThat(plan.video().codec()).isEqualTo(VideoCodec.H264);
    }

    @Test
    void takesJpegIfThereIsNothingElse() {
        String jpeg = "m=video 0 RTP/AVP 26\n";
        assertThat(plan(jpeg).video().codec()).isEqualTo(VideoCodec.JPEG);
        assertThat(plan(jpeg).video().format().clockRateHz()).isEqualTo(90_000);
        SessionPlan both =
                plan(jpeg + "a=control:1\nm=video 0 RTP/AVP 96\na=rtpmap:96 H265/90000\n");
        assertThat(both.video().codec()).isEqualTo(VideoCodec.H265);
    }

    /**
     * Its sequence header comes in band only; which one it is, comes before what fmtp says of it.
     */
    @Test
    void takesAv1AsItTakesH264() {
        String av1 =
                "m=video 0 RTP/AVP 98\na=rtpmap:98 AV1/90000\n"
                        + "a=fmtp:98 profile=0;level-idx=8;tier=0\n";
        String h264 = "m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\n";
        assertThat(plan(av1).video().codec()).isEqualTo(VideoCodec.AV1);
        assertThat(plan(av1).video().format().parameter("level-idx")).isEqualTo("8");
        assertThat(plan("m=video 0 RTP/AVP 26\n" + av1).video().codec()).isEqualTo(VideoCodec.AV1);
        assertThat(plan(h264 + av1).video().codec()).isEqualTo(VideoCodec.H264);
        assertThat(plan(av1 + h264).video().codec()).isEqualTo(VideoCodec.AV1);
    }

    @Test
    void g726BecomesMuLaw() {
        String video = "m=video 0 RTP/AVP 26\nm=audio 0 RTP/AVP ";
        List<String> formats =
                List.of("2", "97\na=rtpmap:97 G726-16/8000", "97\na=rtpmap:97 AAL2-G726-40/8000");
        for (String format : formats) {
            AudioConfiguration sound =
                    plan(video + format + "\n").audio().orElseThrow().configuration();
            assertThat(sound.codec()).isEqualTo(AudioCodec.PCMU);
            assertThat(sound.sampleRateHz()).isEqualTo(8000);
        }
    }

    @Test
    void leavesOutSoundThatItDoesNotKnow() {
        SessionPlan plan =
                plan(
                        "m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\n"
                                + "m=audio 0 RTP/AVP 97\na=rtpmap:97 L16/8000\n");
        assertThat(plan.audio()).isEmpty();
    }

    @Test
    void makesAnAacConfigurationOfTheRtpmap() {
        SessionPlan plan =
                plan(
                        "m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\n"
                                + "m=audio 0 RTP/AVP 97\na=rtpmap:97 mpeg4-generic/48000/2\n"
                                + "a=fmtp:97 mode=AAC_hbr\n");
        assertThat(plan.audio().orElseThrow().configuration().audioSpecificConfig())
                .containsExactly(0x11, (byte) 0x90);
    }

    @Test
    void saysWhatIsOfferedInsteadOfVideo() {
        assertThatThrownBy(() -> plan("m=video 0 RTP/AVP 97\na=rtpmap:97 MP4V-ES/90000\n"))
                .isInstanceOfSatisfying(
                        SessionFailure.class,
                        f -> assertThat(f.gapCause()).isEqualTo(GapCause.CAMERA_PROTOCOL))
                .hasMessage("offers no H.264, H.265, AV1 or JPEG video, but video MP4V-ES");
    }

    @Test
    void survivesAnything() {
        assertThat(SdpParser.parse("").media()).isEmpty();
        assertThat(SdpParser.parse("m=\na=rtpmap:\na=fmtp:96 \na=control:\nm=video").media())
                .hasSize(2);
        assertThat(SdpParser.parse("a=control:*\n").control()).isEqualTo(Optional.of("*"));
    }

    private static SessionPlan plan(String sdp) {
        return SessionPlan.of(SdpParser.parse(sdp), true, true);
    }
}
