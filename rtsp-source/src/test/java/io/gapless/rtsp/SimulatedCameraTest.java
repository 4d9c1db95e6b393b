package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraId;
import io.gapless.media.FragmentHeader;
import io.gapless.media.FragmentLimits;
import io.gapless.media.GapCause;
import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.simulator.content.AudioFormat;
import io.gapless.simulator.content.VideoCodec;
import io.gapless.simulator.content.VideoFormat;
import io.gapless.simulator.rtsp.Access;
import io.gapless.simulator.rtsp.AccessScheme;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From a camera's socket to fragments: every frame once, or a declared gap. */
class SimulatedCameraTest {
    private static final VideoFormat VIDEO =
            VideoFormat.DEFAULT
                    .withSize(320, 240)
                    .withFramesPerSecond(25)
                    .withGopFrames(10)
                    .withBitsPerSecond(300_000);
    private static final int FRAMES = 60;

    private final UnhurriedClock clock = new UnhurriedClock();
    private final Recorded recorded = new Recorded();
    private final RecorderRig rig = new RecorderRig(FragmentLimits.DEFAULT, clock, clock);

    @AfterEach
    void nothingIsLeftOver() {
        rig.close();
        assertThat(rig.memory.usedBytes()).isZero();
    }

    static List<Arguments> cameras() {
        VideoFormat h265 = VIDEO.withCodec(VideoCodec.H265);
        return List.of(
                Arguments.of(VIDEO, AudioFormat.NONE, Transport.TCP),
                Arguments.of(VIDEO, AudioFormat.AAC, Transport.UDP),
                Arguments.of(VIDEO.withBFrames(2, false), AudioFormat.PCMA, Transport.TCP),
                Arguments.of(VIDEO.withBFrames(2, true), AudioFormat.NONE, Transport.AUTO),
                Arguments.of(h265, AudioFormat.AAC, Transport.TCP),
                Arguments.of(h265, AudioFormat.NONE, Transport.UDP),
                Arguments.of(h265.withBFrames(3, true), AudioFormat.PCMU, Transport.UDP));
    }

    @ParameterizedTest
    @MethodSource("cameras")
    void everyFrameOnce(VideoFormat video, AudioFormat audio, Transport transport)
            throws Exception {
        CameraSpec spec = CameraSpec.named("cam").withVideo(video).withAudio(audio);
        try (SimulatedCameras cameras = clock.camera(spec)) {
            CameraRecorder recorder =
                    rig.record(RecorderRig.patient(cameras.uri("cam"), transport), recorded);
            recorded.await(r -> r.counters().size() >= FRAMES);
            rig.stop();
            assertThat(recorded.interruptions()).isEmpty();
            assertThat(recorder.counters().lostPackets()).isZero();
            assertThat(recorder.counters().sessions()).isOne();
        }
        assertConsecutive(recorded.counters());
        assertUnbroken(recorded.fragments());
        assertThat(recorded.audioFrames() > 0).isEqualTo(audio != AudioFormat.NONE);
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void authenticates(AccessScheme scheme) throws Exception {
        Access access = new Access(scheme, "operator", "s3cret\"pass");
        CameraSpec spec = CameraSpec.named("cam").withVideo(VIDEO).withAccess(access);
        try (SimulatedCameras cameras = clock.camera(spec)) {
            CameraSettings settings =
                    CameraSettings.of(
                            new CameraId("cam"),
                            cameras.uri("cam"),
                            Optional.of(new Credentials("operator", "s3cret\"pass")));
            rig.record(settings, recorded);
            recorded.await(r -> !r.fragments().isEmpty());
        }
    }

    static List<AccessScheme> schemes() {
        return List.of(AccessScheme.values());
    }

    @Test
    void aRebootIsOneOutage() throws Exception {
        CameraSpec spec = CameraSpec.named("cam").withVideo(VIDEO);
        try (SimulatedCameras cameras = clock.camera(spec)) {
            rig.record(RecorderRig.patient(cameras.uri("cam"), Transport.TCP), recorded);
            recorded.await(r -> r.counters().size() >= 20);
            cameras.reboot("cam", Duration.ofMillis(700));
            recorded.await(r -> r.interruptions().size() == 1);
            int before = recorded.fragments().size();
            recorded.await(r -> r.fragments().size() >= before + 2);
            rig.stop();
            FragmentHeader next = recorded.fragments().get(before);
            assertThat(recorded.interruptions())
                    .singleElement()
                    .satisfies(
                            i -> {
                                assertThat(i.cause()).isEqualTo(GapCause.CAMERA_DISCONNECTED);
                                assertThat(i.at())
                                        .isEqualTo(recorded.fragments().get(before - 1).end());
                            });
            assertThat(next.gapBefore()).contains(GapCause.CAMERA_DISCONNECTED);
            assertThat(next.sequence()).isZero();
            assertThat(next.run()).isNotEqualTo(recorded.fragments().get(0).run());
        }
    }

    @Test
    void aChangedPictureIsAChangedConfiguration() throws Exception {
        CameraSpec spec = CameraSpec.named("cam").withVideo(VIDEO);
        try (SimulatedCameras cameras = clock.camera(spec)) {
            rig.record(RecorderRig.patient(cameras.uri("cam"), Transport.TCP), recorded);
            recorded.await(r -> r.counters().size() >= 20);
            cameras.changeResolution("cam", 480, 320);
            recorded.await(r -> r.configurations().size() == 2);
            rig.stop();
        }
        assertConsecutive(recorded.counters());
        assertUnbroken(recorded.fragments());
    }

    @Test
    void lossCutsAndIsDeclared() throws Exception {
        CameraSpec spec = CameraSpec.named("cam").withVideo(VIDEO.withBitsPerSecond(3_000_000));
        try (SimulatedCameras cameras = clock.camera(spec)) {
            CameraRecorder recorder =
                    rig.record(RecorderRig.patient(cameras.uri("cam"), Transport.UDP), recorded);
            recorded.await(r -> r.counters().size() >= 20);
            cameras.losePackets("cam", 5, Duration.ofSeconds(2));
            recorded.await(r -> r.counters().size() >= 120);
            rig.stop();
            assertThat(recorder.counters().lostPackets()).isPositive();
        }
        assertThat(recorded.interruptions()).isEmpty();
        assertThat(recorded.counters()).doesNotHaveDuplicates().isSorted();
        assertThat(recorded.fragments())
                .filteredOn(f -> f.gapBefore().isPresent())
                .hasSizeGreaterThan(1)
                .allSatisfy(f -> assertThat(f.gapBefore()).contains(GapCause.PACKET_LOSS));
    }

    private static void assertConsecutive(List<Long> counters) {
        long first = counters.get(0);
        assertThat(counters)
                .containsExactlyElementsOf(
                        LongStream.range(first, first + counters.size()).boxed().toList());
    }

    private static void assertUnbroken(List<FragmentHeader> fragments) {
        for (int i = 1; i < fragments.size(); i++) {
            FragmentHeader fragment = fragments.get(i);
            assertThat(fragment.gapBefore()).isEmpty();
            assertThat(fragment.sequence()).isEqualTo(i);
            assertThat(fragment.start()).isEqualTo(fragments.get(i - 1).end());
            assertThat(fragment.damaged()).isFalse();
        }
    }
}
