package io.gapless.system.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.timeline.Span;
import io.gapless.system.backfill.RawFragment.RawFrame;
import io.gapless.system.nvr.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Live recording comes first: while a long outage of all cameras is backfilled, it loses no frame,
 * and what it records can be read as soon as ever. {@code -Dgapless.live.cameras=16
 * -Dgapless.live.seconds=600} for the longest run.
 */
@Tag("long")
class LiveDuringBackfillTest {
    private static final int CAMERAS = Integer.getInteger("gapless.live.cameras", 8);
    private static final int SECONDS = Integer.getInteger("gapless.live.seconds", 120);
    private static final int BITS_PER_SECOND = Integer.getInteger("gapless.live.bits", 500_000);
    private static final Duration GOP = Duration.ofSeconds(2);
    private static final Duration PROMISED = GOP.plusSeconds(2);
    private static final Duration LIMIT = Duration.ofMinutes(15);

    @TempDir private Path directory;

    @Test
    void aLongOutageIsBackfilledAndNobodyNotices() throws Exception {
        var video = Fleet.PLAIN.withBitsPerSecond(BITS_PER_SECOND);
        try (Site site = Site.start(directory, Fleet.alike(CAMERAS, video), "tcp", 1)) {
            site.outages().takeDown("primary");
            site.awaitFrames(SECONDS);
            Instant dead = Instant.now();
            site.outages().raise("primary");
            awaitAllLive(site, dead);
            Duration oldest = oldestWhileBackfilling(site);
            System.out.printf("While it was backfilled the newest frame was %s old%n", oldest);
            String what = "%d s of %d cameras, newest live frame at most %s old meanwhile";
            new Recovery(site, what.formatted(SECONDS, CAMERAS, oldest)).assertWhole(dead, LIMIT);
            for (String camera : site.cameras().names()) {
                assertLiveLostNothing(site, camera, dead);
            }
            assertThat(oldest).isLessThanOrEqualTo(PROMISED);
        }
    }

    private static void awaitAllLive(Site site, Instant dead) throws Exception {
        for (String camera : site.cameras().names()) {
            Eventually.holds(camera + " is live", LIMIT, () -> newest(site, camera).isAfter(dead));
        }
    }

    private static Duration oldestWhileBackfilling(Site site) throws Exception {
        Duration[] oldest = {Duration.ZERO};
        Eventually.holds(
                "all gaps are filled",
                LIMIT,
                () -> {
                    boolean open = false;
                    for (String camera : site.cameras().names()) {
                        open |= site.hasOpenGap(camera);
                        Duration age = Duration.between(newest(site, camera), Instant.now());
                        oldest[0] = age.compareTo(oldest[0]) > 0 ? age : oldest[0];
                    }
                    return !open;
                });
        return oldest[0];
    }

    /** Simulated cameras tell the time of our own clock. */
    private static Instant newest(Site site, String camera) throws IOException {
        List<Span> spans = site.timeline(camera).spans();
        return spans.get(spans.size() - 1).end().toInstant();
    }

    /** Nothing of it had to be backfilled either: one run, all of whose frames are there. */
    private static void assertLiveLostNothing(Site site, String camera, Instant dead)
            throws IOException {
        List<RawFrame> live = new ArrayList<>();
        UUID run = null;
        for (RawFragment fragment : site.fragments(camera)) {
            boolean after = fragment.frames().get(0).captureMicros() > dead.toEpochMilli() * 1000;
            if (after && !fragment.replica()) {
                assertThat(run == null || run.equals(fragment.run())).as(camera).isTrue();
                run = fragment.run();
                live.addAll(fragment.frames());
            }
        }
        long[] counters = live.stream().mapToLong(RawFrame::counter).sorted().toArray();
        assertThat(counters)
                .as(camera)
                .isEqualTo(LongStream.range(counters[0], counters[0] + counters.length).toArray());
    }
}
