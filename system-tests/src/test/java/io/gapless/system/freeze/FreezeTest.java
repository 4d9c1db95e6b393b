package io.gapless.system.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.simulator.SimulatedCameras;
import io.gapless.system.nvr.Eventually;
import io.gapless.system.nvr.Signals;
import io.gapless.system.site.CatalogueFile;
import io.gapless.system.site.RecordingSite;
import io.gapless.system.site.StoredVideo;
import io.gapless.system.site.StoredVideo.StoredFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of {@code nvr up} that hang: they are there, keep their ports, and do nothing. */
class FreezeTest {
    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    /** Ten polls, a second each, and what a busy machine adds to a second. */
    private static final Duration NOTICED_LIMIT = Duration.ofSeconds(20);

    /** By then the supervisor's own freeze would be over its patience, were it to count time. */
    private static final Duration SLEEP = Duration.ofSeconds(20);

    @TempDir private Path directory;

    @Test
    void whoHangsIsReplacedAndWhoSleptIsNot() throws Exception {
        try (SimulatedCameras cameras = cameras();
                RecordingSite site =
                        RecordingSite.start(
                                directory,
                                CatalogueFile.write(
                                        directory.resolve("cameras.yaml"), cameras, Map.of()));
                StoredVideo video = site.storedVideo()) {
            awaitVideo(cameras, video);
            aMachineThatSleepsReplacesNobody(cameras, site, video);
            long frozen = site.pid("primary");
            Duration away = freezeUntilRecordedAgain(cameras, site, video, "primary");
            System.out.printf("primary frozen: recorded again after %.1f s%n", seconds(away));
            assertThat(ProcessHandle.of(frozen)).isEmpty();
            assertThat(Files.readString(directory.resolve("up.out")))
                    .containsOnlyOnce("primary has not answered for");

            long hdfs = site.pid("hdfs");
            away = freezeUntilRecordedAgain(cameras, site, video, "hdfs");
            System.out.printf("HDFS frozen: readable again after %.1f s%n", seconds(away));
            assertThat(ProcessHandle.of(hdfs)).isEmpty();
            assertNothingStandsTwice(cameras, video);
            assertThat(site.verify()).satisfies(v -> assertThat(v.status()).as("%s", v).isZero());
        }
    }

    /** Everybody is frozen, and thawed, at once. */
    private static void aMachineThatSleepsReplacesNobody(
            SimulatedCameras cameras, RecordingSite site, StoredVideo video) throws Exception {
        List<Long> all = List.of(site.upPid(), site.pid("primary"), site.pid("hdfs"));
        for (long pid : all) {
            Signals.freeze(pid);
        }
        long end = System.nanoTime() + SLEEP.toNanos();
        Eventually.holds("time passes", SLEEP.multipliedBy(2), () -> System.nanoTime() - end >= 0);
        for (long pid : all) {
            Signals.thaw(pid);
        }
        awaitVideo(cameras, video);
        assertThat(List.of(site.upPid(), site.pid("primary"), site.pid("hdfs"))).isEqualTo(all);
    }

    private static Duration freezeUntilRecordedAgain(
            SimulatedCameras cameras, RecordingSite site, StoredVideo video, String role)
            throws Exception {
        long before = System.nanoTime();
        long frozen = site.pid(role);
        Signals.freeze(frozen);
        Eventually.holds(
                role + " is killed",
                NOTICED_LIMIT,
                () -> !ProcessHandle.of(frozen).map(ProcessHandle::isAlive).orElse(false));
        awaitVideo(cameras, video);
        return Duration.ofNanos(System.nanoTime() - before);
    }

    private static SimulatedCameras cameras() throws Exception {
        return SimulatedCameras.builder()
                .cameras(
                        2,
                        camera ->
                                camera.withVideo(
                                        video ->
                                                video.withSize(320, 240)
                                                        .withBitsPerSecond(400_000)
                                                        .withFramesPerSecond(25)
                                                        .withGopFrames(25)))
                .start();
    }

    /** Until a frame that is sent from now on can be read back. */
    private static void awaitVideo(SimulatedCameras cameras, StoredVideo video) throws Exception {
        for (String camera : cameras.names()) {
            long sent = cameras.frameCount(camera);
            Eventually.holds(
                    camera + " is recorded", START_LIMIT, () -> last(video, camera) >= sent);
        }
    }

    private static long last(StoredVideo video, String camera) throws IOException {
        try {
            List<StoredFrame> frames = video.frames(camera);
            return frames.isEmpty() ? -1 : frames.get(frames.size() - 1).mark().counter();
        } catch (IOException | UncheckedIOException e) {
            // HDFS is away, or a dead writer's recording is not recovered yet.
            return -1;
        }
    }

    private static void assertNothingStandsTwice(SimulatedCameras cameras, StoredVideo video)
            throws Exception {
        for (String camera : cameras.names()) {
            assertThat(video.frames(camera).stream().map(frame -> frame.mark().counter()))
                    .as(camera)
                    .doesNotHaveDuplicates();
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
