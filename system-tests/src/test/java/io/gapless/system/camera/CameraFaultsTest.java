package io.gapless.system.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gapless.archive.Archive;
import io.gapless.archive.read.ArchiveReader;
import io.gapless.media.CameraId;
import io.gapless.media.GapCause;
import io.gapless.media.MediaTime;
import io.gapless.media.timeline.Gap;
import io.gapless.media.timeline.Span;
import io.gapless.media.timeline.Timeline;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.system.nvr.Eventually;
import io.gapless.system.site.RecordingSite;
import io.gapless.system.site.StoredVideo;
import io.gapless.system.site.StoredVideo.StoredFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a camera does, it is that camera's gap, with its cause, and nobody else's trouble. */
class CameraFaultsTest {
    private static final int FRAMES_BEFORE = 100;
    private static final int FRAMES_PER_SECOND = 25;
    private static final Duration AFTER = Duration.ofSeconds(12);
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Duration TOLERANCE = Duration.ofMillis(250);

    @TempDir private Path directory;

    @Test
    void eachFaultIsOneCamerasGapWithItsCause() throws Exception {
        try (SimulatedCameras cameras = SimulatedFaults.start();
                RecordingSite site =
                        RecordingSite.start(
                                directory,
                                SimulatedFaults.catalogue(
                                        directory.resolve("cameras.yaml"), cameras));
                StoredVideo video = site.storedVideo();
                Archive archive = site.archive()) {
            awaitFrames(cameras, video, FRAMES_BEFORE);
            SimulatedFaults.begin(cameras);
            awaitFaults(cameras, archive);
            assertOneGap(
                    site, archive, video, SimulatedFaults.REBOOTS, GapCause.CAMERA_DISCONNECTED);
            assertOneGap(site, archive, video, SimulatedFaults.FREEZES, GapCause.CAMERA_SILENT);
            assertOneGap(site, archive, video, SimulatedFaults.REFUSES, GapCause.CAMERA_REFUSED);
            assertGarbageIsDeclared(site, archive);
            assertWhole(site, archive, video, SimulatedFaults.RESIZES);
            assertWhole(site, archive, video, SimulatedFaults.HEALTHY);
            assertThat(recordings(archive, SimulatedFaults.RESIZES))
                    .as("a changed size starts a recording")
                    .isGreaterThan(recordings(archive, SimulatedFaults.HEALTHY));
            assertNoTaskFailed(site);
            assertThat(site.verify()).satisfies(v -> assertThat(v.status()).as("%s", v).isZero());
        }
    }

    private static void awaitFrames(SimulatedCameras cameras, StoredVideo video, int frames)
            throws Exception {
        for (String camera : cameras.names()) {
            Eventually.holds(
                    camera + " is recorded", LIMIT, () -> video.frames(camera).size() >= frames);
        }
    }

    /** Until each camera has been recorded again for a while. */
    private static void awaitFaults(SimulatedCameras cameras, Archive archive) throws Exception {
        Instant wanted = Instant.now().plus(AFTER);
        for (String camera : cameras.names()) {
            Eventually.holds(
                    camera + " is recorded after its fault",
                    LIMIT,
                    () -> newest(timeline(archive, camera)).isAfter(wanted));
        }
    }

    private static Instant newest(Timeline timeline) {
        return timeline.spans().get(timeline.spans().size() - 1).end().toInstant();
    }

    private static void assertOneGap(
            RecordingSite site, Archive archive, StoredVideo video, String camera, GapCause cause)
            throws IOException {
        Timeline timeline = timeline(archive, camera);
        assertThat(timeline.gaps()).as(camera).extracting(Gap::cause).containsExactly(cause);
        assertMissingFramesLieInGaps(timeline, video.frames(camera));
        assertThat(warnings(site, camera)).as(camera).hasSize(1);
    }

    /**
     * Garbage may displace frames, parts of them or nothing. A frame that lost only its planted
     * counter is stored, so time has to prove the rest.
     */
    private static void assertGarbageIsDeclared(RecordingSite site, Archive archive)
            throws IOException {
        String camera = SimulatedFaults.GARBAGE;
        Timeline timeline = timeline(archive, camera);
        assertThat(timeline.gaps())
                .as(camera)
                .allSatisfy(gap -> assertThat(gap.cause()).isEqualTo(GapCause.PACKET_LOSS));
        assertThat(timeline.spans())
                .allSatisfy(
                        span ->
                                assertThat((double) span.frames())
                                        .as("%s has no hole", span)
                                        .isCloseTo(framesIn(span), within(1.01)));
        assertThat(warnings(site, camera)).as(camera).hasSize(1);
    }

    private static double framesIn(Span span) {
        double seconds = span.end().ticksSince(span.start()) / (double) MediaTime.TICKS_PER_SECOND;
        return seconds * FRAMES_PER_SECOND;
    }

    private static void assertWhole(
            RecordingSite site, Archive archive, StoredVideo video, String camera)
            throws IOException {
        Timeline timeline = timeline(archive, camera);
        assertThat(timeline.gaps()).as(camera).isEmpty();
        assertThat(timeline.spans()).as(camera).hasSize(1);
        long[] counters =
                video.frames(camera).stream().mapToLong(f -> f.mark().counter()).toArray();
        assertThat(counters)
                .as(camera)
                .isEqualTo(LongStream.range(counters[0], counters[0] + counters.length).toArray());
        assertThat(warnings(site, camera)).as(camera).isEmpty();
    }

    private static void assertMissingFramesLieInGaps(Timeline timeline, List<StoredFrame> frames) {
        for (int i = 1; i < frames.size(); i++) {
            StoredFrame before = frames.get(i - 1);
            StoredFrame after = frames.get(i);
            if (after.mark().counter() != before.mark().counter() + 1) {
                assertThat(timeline.gaps())
                        .as("%s lacks frames from %s", before.mark(), before.time())
                        .anyMatch(
                                gap ->
                                        isNear(gap.start().toInstant(), before.time())
                                                && isNear(gap.end().toInstant(), after.time()));
            }
        }
    }

    private static boolean isNear(Instant a, Instant b) {
        return Duration.between(a, b).abs().compareTo(TOLERANCE) < 0;
    }

    private static Timeline timeline(Archive archive, String camera) throws IOException {
        return new ArchiveReader(archive)
                .timeline(new CameraId(camera), Optional.empty(), Optional.empty());
    }

    private static int recordings(Archive archive, String camera) throws IOException {
        return new ArchiveReader(archive)
                .verify(
                        List.of(new CameraId(camera)),
                        Optional.empty(),
                        Optional.empty(),
                        (id, done, total) -> {})
                .cameras()
                .get(0)
                .recordings();
    }

    private static List<String> warnings(RecordingSite site, String camera) throws IOException {
        return log(site).stream()
                .filter(line -> line.contains(" WARN ") && line.contains("amera " + camera + " "))
                .toList();
    }

    private static void assertNoTaskFailed(RecordingSite site) throws IOException {
        assertThat(log(site))
                .noneMatch(line -> line.contains(" ERROR "))
                .noneMatch(line -> line.contains("to FAILED") || line.contains("to RESTARTING"));
    }

    private static List<String> log(RecordingSite site) throws IOException {
        return Files.readAllLines(site.data().resolve("logs/primary.log"));
    }
}
