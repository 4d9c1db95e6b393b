package io.gapless.system.backfill;

import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.SenderReports;
import io.gapless.simulator.SessionStart;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.simulator.content.AudioFormat;
import io.gapless.simulator.content.Scene;
import io.gapless.simulator.content.VideoCodec;
import io.gapless.simulator.content.VideoFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Cameras as different as they come, each of which makes one thing hard for whoever stitches. */
final class Fleet {
    /** Encodes for each session anew: nothing is alike in primary and replica but the pictures. */
    static final String PER_SESSION = "encoder-per-session";

    /** A black picture: one group of pictures is like the other. */
    static final String STATIC = "static";

    private static final String STEPS = "-steps";

    /** A key frame every two seconds and nothing special. */
    static final VideoFormat PLAIN =
            VideoFormat.DEFAULT.withSize(320, 240).withBitsPerSecond(300_000).withGopFrames(50);

    private static final VideoFormat H265 = PLAIN.withCodec(VideoCodec.H265);

    private Fleet() {}

    /**
     * @param longGop distance of the key frames of the camera whose GOPs are longest
     */
    static List<CameraSpec> different(Duration longGop) {
        int longFrames = (int) longGop.toSeconds() * PLAIN.framesPerSecond();
        return List.of(
                CameraSpec.named("h264-1s-aac")
                        .withVideo(PLAIN.withGopFrames(25))
                        .withAudio(AudioFormat.AAC),
                CameraSpec.named("h265-2s-pcma").withVideo(H265).withAudio(AudioFormat.PCMA),
                CameraSpec.named("b-frames-4s")
                        .withVideo(PLAIN.withGopFrames(100).withBFrames(2, false)),
                CameraSpec.named("open-gops").withVideo(H265.withBFrames(2, true)),
                CameraSpec.named("irregular")
                        .withVideo(H265.withKeyFramesAtRandom(10, 200, 7))
                        .withAudio(AudioFormat.PCMU),
                CameraSpec.named(STATIC).withVideo(PLAIN.withScene(Scene.BLACK)),
                CameraSpec.named(PER_SESSION).withVideo(PLAIN).withEncoderPerSession(true),
                CameraSpec.named("no-reports")
                        .withVideo(PLAIN.withKeyFramesAtRandom(25, 150, 8))
                        .withSenderReports(SenderReports.NONE),
                CameraSpec.named("hours-off")
                        .withVideo(PLAIN)
                        .withClockOffset(Duration.ofHours(-3)),
                CameraSpec.named("clock" + STEPS)
                        .withVideo(PLAIN.withKeyFramesAtRandom(50, 150, 9))
                        .withClockStepPerSession(Duration.ofMillis(1700)),
                CameraSpec.named("long-gop")
                        .withVideo(PLAIN.withGopFrames(longFrames).withBitsPerSecond(100_000))
                        .withSessionStart(SessionStart.FORCED_KEY_FRAME));
    }

    /** Cameras {@code cam-1} to {@code cam-N}, all alike. */
    static List<CameraSpec> alike(int count, VideoFormat video) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> CameraSpec.named("cam-" + i).withVideo(video))
                .toList();
    }

    static SimulatedCameras start(List<CameraSpec> cameras) throws IOException {
        SimulatedCameras.Builder builder = SimulatedCameras.builder();
        cameras.forEach(builder::camera);
        return builder.start();
    }

    /**
     * Cameras that make as much hard as few can: for every build. Two are for recording over UDP.
     * None encodes per session: its seams are as exact as the clocks of a busy machine.
     */
    static List<CameraSpec> few() {
        return List.of(
                CameraSpec.named("aac-hours-off")
                        .withVideo(PLAIN.withGopFrames(25))
                        .withAudio(AudioFormat.AAC)
                        .withClockOffset(Duration.ofHours(-3)),
                CameraSpec.named("open-gops").withVideo(H265.withBFrames(2, true)),
                CameraSpec.named(STATIC).withVideo(PLAIN.withScene(Scene.BLACK)),
                CameraSpec.named("irregular" + STEPS)
                        .withVideo(PLAIN.withKeyFramesAtRandom(25, 100, 9))
                        .withAudio(AudioFormat.PCMU)
                        .withClockStepPerSession(Duration.ofMillis(1700)),
                CameraSpec.named("udp-h265").withVideo(H265),
                CameraSpec.named("udp-b-frames").withVideo(PLAIN.withBFrames(2, false)));
    }

    static Judgement.Clock clock(String camera) {
        return camera.endsWith(STEPS) ? Judgement.Clock.STEPPING : Judgement.Clock.STEADY;
    }

    /** Those of {@link #few} that are recorded over UDP. */
    static List<String> overUdp(SimulatedCameras cameras) {
        return cameras.names().stream().filter(name -> name.startsWith("udp-")).toList();
    }

    /**
     * A catalogue by which primary and replica come by addresses of their own.
     *
     * @param transport of each camera by its name
     */
    static Path catalogue(Path file, SimulatedCameras cameras, UnaryOperator<String> transport)
            throws IOException {
        return Files.writeString(
                file,
                cameras.names().stream()
                        .map(
                                name ->
                                        "- {id: %s, url: '%s', replicaUrl: '%s', transport: %s}%n"
                                                .formatted(
                                                        name,
                                                        cameras.uri(name),
                                                        cameras.replicaUri(name),
                                                        transport.apply(name)))
                        .collect(Collectors.joining("", "cameras:\n", "")));
    }
}
