package io.gapless.system.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.system.frames.Mark;
import io.gapless.system.nvr.Eventually;
import io.gapless.system.site.CatalogueFile;
import io.gapless.system.site.RecordingSite;
import io.gapless.system.site.StoredVideo;
import io.gapless.system.site.StoredVideo.StoredFrame;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recorder is killed with {@code kill -9} at random moments, several times in a row. {@code
 * -Dgapless.kill.times=20} for the long run, {@code -Dgapless.kill.seed=…} for other moments.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("gapless.kill.times", 3);
    private static final long SEED = Long.getLong("gapless.kill.seed", 20_261_123L);
    private static final int CAMERAS = 2;
    private static final int FRAMES_PER_SECOND = 25;
    private static final int GOP_FRAMES = 50;
    private static final int LARGEST_LOSS = GOP_FRAMES + 2 * FRAMES_PER_SECOND;
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Duration TOLERANCE = Duration.ofMillis(250);

    private final Random random = new Random(SEED);
    private final List<Map<String, Long>> sentAtKills = new ArrayList<>();
    private final Map<String, Set<Mark>> durable = new HashMap<>();

    @TempDir private Path directory;

    @Test
    void killedAtRandomMomentsNothingDurableIsLostOrRepeatedAndEveryGapIsDeclared()
            throws Exception {
        try (SimulatedCameras cameras = cameras();
                RecordingSite site = RecordingSite.start(directory, catalogue(cameras));
                StoredVideo video = site.storedVideo()) {
            awaitVideo(cameras, video);
            for (int kill = 0; kill < KILLS; kill++) {
                awaitFrames(cameras, random.nextInt(15 * FRAMES_PER_SECOND));
                kill(cameras, site, video);
                awaitVideo(cameras, video);
            }
            for (String camera : cameras.names()) {
                List<StoredFrame> frames = video.frames(camera);
                assertNothingDurableIsLost(camera, frames);
                assertNothingStandsTwice(camera, frames);
                assertLossesAreSmall(camera, frames);
                assertEveryMissingStretchIsDeclared(site, camera, frames);
            }
            assertThat(site.verify()).satisfies(v -> assertThat(v.status()).as("%s", v).isZero());
        }
    }

    private static SimulatedCameras cameras() throws Exception {
        return SimulatedCameras.builder()
                .cameras(
                        CAMERAS,
                        camera ->
                                camera.withVideo(
                                        video ->
                                                video.withSize(320, 240)
                                                        .withBitsPerSecond(400_000)
                                                        .withFramesPerSecond(FRAMES_PER_SECOND)
                                                        .withGopFrames(GOP_FRAMES)))
                .start();
    }

    private Path catalogue(SimulatedCameras cameras) throws Exception {
        return CatalogueFile.write(directory.resolve("cameras.yaml"), cameras, Map.of());
    }

    /** Until a frame that is sent from now on can be read back. */
    private static void awaitVideo(SimulatedCameras cameras, StoredVideo video) throws Exception {
        for (String camera : cameras.names()) {
            long sent = cameras.frameCount(camera);
            Eventually.holds(
                    camera + " is recorded", LIMIT, () -> last(video.frames(camera)) >= sent);
        }
    }

    private static void awaitFrames(SimulatedCameras cameras, int frames) throws Exception {
        String camera = cameras.names().get(0);
        long wanted = cameras.frameCount(camera) + frames;
        Eventually.holds("time passes", LIMIT, () -> cameras.frameCount(camera) >= wanted);
    }

    private void kill(SimulatedCameras cameras, RecordingSite site, StoredVideo video)
            throws Exception {
        for (String camera : cameras.names()) {
            Set<Mark> known = durable.computeIfAbsent(camera, c -> new HashSet<>());
            video.frames(camera).forEach(frame -> known.add(frame.mark()));
        }
        Map<String, Long> sent = new HashMap<>();
        cameras.names().forEach(camera -> sent.put(camera, cameras.frameCount(camera)));
        site.kill("primary");
        sentAtKills.add(sent);
    }

    private void assertNothingDurableIsLost(String camera, List<StoredFrame> frames) {
        Set<Mark> now = new HashSet<>();
        frames.forEach(frame -> now.add(frame.mark()));
        assertThat(now).as(camera).containsAll(durable.get(camera));
    }

    private static void assertNothingStandsTwice(String camera, List<StoredFrame> frames) {
        assertThat(frames.stream().map(frame -> frame.mark().counter()))
                .as(camera)
                .doesNotHaveDuplicates();
    }

    private void assertLossesAreSmall(String camera, List<StoredFrame> frames) {
        for (Map<String, Long> sent : sentAtKills) {
            long atKill = sent.get(camera);
            long lastBefore =
                    frames.stream()
                            .mapToLong(frame -> frame.mark().counter())
                            .filter(counter -> counter < atKill)
                            .max()
                            .orElseThrow();
            assertThat(atKill - 1 - lastBefore)
                    .as("frames of %s missing before a kill", camera)
                    .isLessThanOrEqualTo(LARGEST_LOSS);
        }
    }

    private static void assertEveryMissingStretchIsDeclared(
            RecordingSite site, String camera, List<StoredFrame> frames) throws Exception {
        List<Instant[]> missing = new ArrayList<>();
        for (int i = 1; i < frames.size(); i++) {
            if (frames.get(i).mark().counter() != frames.get(i - 1).mark().counter() + 1) {
                missing.add(new Instant[] {frames.get(i - 1).time(), frames.get(i).time()});
            }
        }
        List<JsonNode> gaps =
                StreamSupport.stream(site.timeline(camera).path("gaps").spliterator(), false)
                        .toList();
        assertThat(gaps)
                .as(camera)
                .hasSameSizeAs(missing)
                .allMatch(gap -> gap.path("cause").asText().equals("RECORDER_RESTART"));
        for (int i = 0; i < gaps.size(); i++) {
            assertNear(camera, gaps.get(i).path("start"), missing.get(i)[0]);
            assertNear(camera, gaps.get(i).path("end"), missing.get(i)[1]);
        }
    }

    private static void assertNear(String camera, JsonNode declared, Instant frame) {
        assertThat(Duration.between(Instant.parse(declared.asText()), frame).abs())
                .as("%s: gap declared to begin or end at %s", camera, declared)
                .isLessThan(TOLERANCE);
    }

    private static long last(List<StoredFrame> frames) {
        return frames.isEmpty() ? -1 : frames.get(frames.size() - 1).mark().counter();
    }
}
