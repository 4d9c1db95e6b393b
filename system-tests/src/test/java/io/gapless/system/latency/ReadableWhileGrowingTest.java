package io.gapless.system.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.Archive;
import io.gapless.archive.read.ArchiveReader;
import io.gapless.media.CameraId;
import io.gapless.media.timeline.Span;
import io.gapless.media.timeline.Timeline;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.system.frames.VideoFile;
import io.gapless.system.nvr.Eventually;
import io.gapless.system.site.CatalogueFile;
import io.gapless.system.site.RecordingSite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How old the newest frame is that can be read, while it is being recorded. Asked of the archive
 * directly, so that the start of a command's JVM does not count; the reading itself does.
 */
class ReadableWhileGrowingTest {
    private static final CameraId CAMERA = new CameraId("cam-1");
    private static final Duration GOP = Duration.ofSeconds(2);
    private static final Duration PROMISED = GOP.plusSeconds(2);
    private static final Duration MEASURED = Duration.ofSeconds(15);
    private static final Duration INTERVAL = Duration.ofMillis(100);

    @TempDir private Path directory;

    @Test
    void theNewestFrameThatCanBeReadIsAtMostAGopAndTwoSecondsOld() throws Exception {
        try (SimulatedCameras cameras = cameras();
                RecordingSite site = RecordingSite.start(directory, catalogue(cameras));
                Archive archive = site.archive()) {
            Eventually.holds("video comes", Duration.ofMinutes(4), () -> hasVideo(archive));
            Duration oldest = oldest(archive);
            System.out.printf("The newest readable frame was at most %s old%n", oldest);
            assertThat(oldest).isLessThanOrEqualTo(PROMISED);
            assertNewestCanBeExported(archive);
        }
    }

    private static SimulatedCameras cameras() throws Exception {
        return SimulatedCameras.builder()
                .cameras(
                        4,
                        camera ->
                                camera.withVideo(
                                        video ->
                                                video.withSize(320, 240)
                                                        .withBitsPerSecond(300_000)
                                                        .withGopFrames(50)))
                .start();
    }

    private Path catalogue(SimulatedCameras cameras) throws IOException {
        return CatalogueFile.write(directory.resolve("cameras.yaml"), cameras, Map.of());
    }

    private static boolean hasVideo(Archive archive) throws IOException {
        ArchiveReader reader = new ArchiveReader(archive);
        return reader.cameras().contains(CAMERA) && newest(archive).isPresent();
    }

    private static Duration oldest(Archive archive) throws IOException {
        Duration oldest = Duration.ZERO;
        long end = System.nanoTime() + MEASURED.toNanos();
        while (System.nanoTime() < end) {
            Instant newest = newest(archive).orElseThrow();
            Duration age = Duration.between(newest, Instant.now());
            oldest = age.compareTo(oldest) > 0 ? age : oldest;
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
        return oldest;
    }

    /** End of the newest frame; simulated cameras tell the time of our own clock. */
    private static Optional<Instant> newest(Archive archive) throws IOException {
        Timeline timeline =
                new ArchiveReader(archive).timeline(CAMERA, Optional.empty(), Optional.empty());
        List<Span> spans = timeline.spans();
        return spans.isEmpty()
                ? Optional.empty()
                : Optional.of(spans.get(spans.size() - 1).end().toInstant());
    }

    private void assertNewestCanBeExported(Archive archive) throws IOException {
        Instant newest = newest(archive).orElseThrow();
        Path file = directory.resolve("newest.mp4");
        long frames =
                new ArchiveReader(archive)
                        .export(
                                CAMERA,
                                newest.minusSeconds(1),
                                newest,
                                file,
                                (id, done, total) -> {})
                        .frames();
        assertThat(frames).isBetween(24L, 26L);
        assertThat(VideoFile.decoded(file).decodeErrors()).isZero();
    }
}
