package io.gapless.system.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.simulator.content.VideoFormat;
import io.gapless.system.frames.Mark;
import io.gapless.system.frames.VideoFile;
import io.gapless.system.nvr.Eventually;
import io.gapless.system.site.CatalogueFile;
import io.gapless.system.site.RecordingSite;
import io.gapless.system.site.StoredVideo;
import io.gapless.system.site.StoredVideo.StoredFrame;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exports of random ranges hold exactly the frames that the timeline promises, and those are the
 * frames of the range, after those that decoding needs from the key frame on. {@code
 * -Dgapless.export.ranges=100} for the long run.
 */
class ExportTest {
    private static final int RANGES = Integer.getInteger("gapless.export.ranges", 10);
    private static final long SEED = Long.getLong("gapless.export.seed", 42L);
    private static final int FRAMES = 750;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration FRAME = Duration.ofMillis(40);
    private static final VideoFormat VIDEO =
            VideoFormat.DEFAULT.withSize(320, 240).withBitsPerSecond(300_000);

    private final Random random = new Random(SEED);

    @TempDir private Path directory;

    @Test
    void exportsOfRandomRangesHoldExactlyWhatTheTimelinePromises() throws Exception {
        try (SimulatedCameras cameras = cameras();
                RecordingSite site = RecordingSite.start(directory, catalogue(cameras));
                StoredVideo video = site.storedVideo()) {
            for (String camera : cameras.names()) {
                Eventually.holds(
                        camera + " is recorded",
                        LIMIT,
                        () -> video.frames(camera).size() >= FRAMES);
            }
            for (int i = 0; i < RANGES; i++) {
                String camera = cameras.names().get(i % cameras.names().size());
                assertExact(site, camera, video.frames(camera));
            }
        }
    }

    private static SimulatedCameras cameras() throws Exception {
        return SimulatedCameras.builder()
                .camera(CameraSpec.named("plain").withVideo(VIDEO))
                .camera(CameraSpec.named("reordered").withVideo(VIDEO.withBFrames(2, false)))
                .start();
    }

    private Path catalogue(SimulatedCameras cameras) throws Exception {
        return CatalogueFile.write(directory.resolve("cameras.yaml"), cameras, Map.of());
    }

    private void assertExact(RecordingSite site, String camera, List<StoredFrame> frames)
            throws Exception {
        int a = random.nextInt(FRAMES);
        int b = random.nextInt(FRAMES);
        Instant from = beside(frames.get(Math.min(a, b)));
        Instant to = beside(frames.get(Math.max(a, b))).plus(FRAME);
        String range = "%s [%s, %s)".formatted(camera, from, to);
        List<Mark> expected =
                frames.stream()
                        .filter(f -> !f.time().isBefore(from) && f.time().isBefore(to))
                        .map(StoredFrame::mark)
                        .toList();

        JsonNode timeline = site.timeline(camera, "--from=" + from, "--to=" + to);
        VideoFile export = VideoFile.decoded(site.export(camera, from.toString(), to.toString()));

        List<Mark> exported = export.frames().stream().map(VideoFile.Frame::mark).toList();
        List<Mark> decodedBefore = exported.subList(0, exported.lastIndexOf(last(expected)) + 1);
        assertThat(timeline.path("frames").asInt()).as(range).isEqualTo(expected.size());
        assertThat(exported.stream().filter(expected::contains)).as(range).isEqualTo(expected);
        assertThat(exported).as(range).doesNotHaveDuplicates();
        assertThat(export.frames().get(0).key()).as(range).isTrue();
        assertThat(exported)
                .as("%s: nothing after what is asked, %s", range, tail(frames, exported))
                .isEqualTo(decodedBefore);
        assertThat(keyFrames(export, times(frames), from)).as(range).isLessThanOrEqualTo(1);
        assertThat(export.decodeErrors()).as(range).isZero();
    }

    /** A moment well off any frame, since the names of recordings tell time to 1 ms only. */
    private Instant beside(StoredFrame frame) {
        return frame.time().minusMillis(8 + random.nextInt(24));
    }

    /** Key frames before the range: decoding needs one. */
    private static long keyFrames(VideoFile export, Map<Mark, Instant> times, Instant from) {
        return export.frames().stream()
                .filter(VideoFile.Frame::key)
                .filter(frame -> times.get(frame.mark()).isBefore(from))
                .count();
    }

    private static List<StoredFrame> tail(List<StoredFrame> frames, List<Mark> exported) {
        long last = exported.get(exported.size() - 1).counter();
        return frames.stream().filter(f -> Math.abs(f.mark().counter() - last) < 5).toList();
    }

    private static Map<Mark, Instant> times(List<StoredFrame> frames) {
        return frames.stream().collect(Collectors.toMap(StoredFrame::mark, StoredFrame::time));
    }

    private static Mark last(List<Mark> marks) {
        return marks.get(marks.size() - 1);
    }
}
