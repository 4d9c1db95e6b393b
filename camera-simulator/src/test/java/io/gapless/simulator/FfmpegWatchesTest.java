package io.gapless.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gapless.simulator.content.AudioFormat;
import io.gapless.simulator.content.Scene;
import io.gapless.simulator.content.VideoCodec;
import io.gapless.simulator.rtsp.Access;
import io.gapless.simulator.rtsp.AccessScheme;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** FFmpeg receives and decodes every frame of every kind of camera. */
final class FfmpegWatchesTest {
    private static final int FRAMES = 45;

    static Stream<Arguments> cameras() {
        CameraSpec plain = Clips.small("door");
        CameraSpec h265 = plain.withVideo(v -> v.withCodec(VideoCodec.H265));
        return Stream.of(
                Arguments.of("H.264 over TCP", plain, "tcp"),
                Arguments.of("H.264 over UDP", plain, "udp"),
                Arguments.of("H.265 over TCP", h265, "tcp"),
                Arguments.of("H.265 over UDP", h265, "udp"),
                Arguments.of("B-frames", plain.withVideo(v -> v.withBFrames(2, false)), "tcp"),
                Arguments.of("H.265 B-frames", h265.withVideo(v -> v.withBFrames(2, false)), "udp"),
                Arguments.of("AAC", plain.withAudio(AudioFormat.AAC), "tcp"),
                Arguments.of("AAC over UDP", plain.withAudio(AudioFormat.AAC), "udp"),
                Arguments.of("PCMU", plain.withAudio(AudioFormat.PCMU), "tcp"),
                Arguments.of("PCMA", plain.withAudio(AudioFormat.PCMA), "udp"),
                Arguments.of(
                        "in-band parameter sets",
                        plain.withParameterSets(ParameterSets.IN_BAND),
                        "tcp"),
                Arguments.of(
                        "parameter sets in SDP",
                        h265.withParameterSets(ParameterSets.DESCRIPTION),
                        "tcp"),
                Arguments.of("black", plain.withVideo(v -> v.withScene(Scene.BLACK)), "tcp"),
                Arguments.of("UDP only", plain.withTransport(TransportPolicy.UDP), "udp"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cameras")
    void everyFrameInOrder(String name, CameraSpec spec, String transport) throws Exception {
        try (SimulatedCameras cameras = Clips.start(Clips.small("other"), spec);
                FfmpegClient client = new FfmpegClient(cameras.uri("door"), transport)) {
            client.read(FRAMES).flush();

            assertThat(client.counters()).hasSize(FRAMES);
            long first = client.counters().get(0);
            List<Long> all = LongStream.range(first, first + FRAMES).boxed().toList();
            assertThat(client.counters()).isEqualTo(all);
            assertThat(client.pictureCounters()).isEqualTo(all);
            assertThat(client.decodeErrors).isZero();
            assertThat(client.pictures).noneMatch(FfmpegClient.Picture::damaged);
            assertThat(client.packetMarks).allMatch(mark -> mark.camera().equals("door"));
            assertThat(cameras.frameCount("door")).isBetween(first + FRAMES, first + FRAMES + 50);
            assertThat(client.audioFrames > 0).isEqualTo(spec.audio() != AudioFormat.NONE);
            assertTimes(client);
        }
    }

    /** Presentation times are evenly spaced, and capture follows presentation, not decoding. */
    private static void assertTimes(FfmpegClient client) {
        List<Mark> presented = new ArrayList<>(client.packetMarks);
        presented.sort((a, b) -> Long.compare(a.captureMicros(), b.captureMicros()));
        // FFmpeg tells no time of what it receives first.
        presented.removeIf(mark -> mark.counter() == client.counters().get(0));
        // Of the last, some may be missing whose turn to be decoded comes later.
        presented.subList(presented.size() - 3, presented.size()).clear();
        for (int i = 1; i < presented.size(); i++) {
            Mark before = presented.get(i - 1);
            Mark mark = presented.get(i);
            assertThat(mark.captureMicros() - before.captureMicros()).isBetween(39_999L, 40_001L);
            assertThat(
                            client.timesByCounter.get(mark.counter())
                                    - client.timesByCounter.get(before.counter()))
                    .isEqualTo(3600);
        }
        double seconds = presented.get(presented.size() - 1).captureMicros() / 1e6;
        assertThat(seconds).isCloseTo(Instant.now().toEpochMilli() / 1e3, within(3.0));
    }

    @ParameterizedTest
    @MethodSource("accesses")
    void admitsThePasswordAndNoOther(Access access) throws Exception {
        try (SimulatedCameras cameras = Clips.start(Clips.small("door").withAccess(access))) {
            URI uri = cameras.uri("door");
            try (FfmpegClient client = new FfmpegClient(with(uri, "root:pass"), "tcp")) {
                assertThat(client.read(3).counters()).hasSize(3);
            }
            try (FfmpegClient client = new FfmpegClient(with(uri, "root:wrong"), "tcp")) {
                assertThat(client.ended).isTrue();
            }
        }
    }

    static Stream<Access> accesses() {
        return Stream.of(
                new Access(AccessScheme.BASIC, "root", "pass"),
                new Access(AccessScheme.DIGEST, "root", "pass"));
    }

    private static URI with(URI uri, String userInfo) {
        return URI.create(uri.toString().replace("rtsp://", "rtsp://" + userInfo + "@"));
    }

    /** Pictures that lean on the GOP before may be lost at the start of a session, no others. */
    @ParameterizedTest
    @EnumSource(names = {"H264", "H265"})
    void openGopsDecode(VideoCodec codec) throws Exception {
        CameraSpec spec =
                Clips.small("door").withVideo(v -> v.withCodec(codec).withBFrames(2, true));
        try (SimulatedCameras cameras = Clips.start(spec);
                FfmpegClient client = new FfmpegClient(cameras.uri("door"), "tcp")) {
            client.read(FRAMES).flush();
            long first = client.counters().get(0);
            assertThat(client.counters())
                    .isEqualTo(LongStream.range(first, first + FRAMES).boxed().toList());
            assertThat(client.pictureCounters())
                    .containsAll(LongStream.range(first + 3, first + FRAMES).boxed().toList());
        }
    }

    @Test
    void twoSessionsSeeTheSameFrames() throws Exception {
        try (SimulatedCameras cameras = Clips.start(Clips.small("door"));
                FfmpegClient one = new FfmpegClient(cameras.uri("door"), "tcp");
                FfmpegClient two = new FfmpegClient(cameras.uri("door"), "udp")) {
            one.read(30);
            two.read(30);
            List<Mark> common = new ArrayList<>(one.packetMarks);
            common.retainAll(two.packetMarks);
            assertThat(common).hasSizeGreaterThan(15);
        }
    }

    @Test
    void aSessionMayStartInsideAGop() throws Exception {
        CameraSpec spec =
                CameraSpec.named("door")
                        .withVideo(Clips.SMALL.withGopFrames(250))
                        .withJoinMidGop(true);
        try (SimulatedCameras cameras = Clips.start(spec);
                FfmpegClient client = new FfmpegClient(cameras.uri("door"), "tcp")) {
            long before = cameras.frameCount("door");
            assertThat(client.read(1).counters().get(0)).isLessThan(before + 25);
        }
    }
}
