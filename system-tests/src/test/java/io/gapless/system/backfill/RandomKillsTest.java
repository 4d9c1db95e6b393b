package io.gapless.system.backfill;

import io.gapless.system.nvr.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes are killed with {@code kill -9} at random moments. {@code -Dgapless.kills.times=10},
 * {@code -Dgapless.kills.minutes=10}, {@code -Dgapless.kills.seed=…}.
 */
@Tag("long")
class RandomKillsTest {
    private static final int TIMES = Integer.getInteger("gapless.kills.times", 10);
    private static final Duration WITHIN =
            Duration.ofMinutes(Integer.getInteger("gapless.kills.minutes", 10));
    private static final long SEED = Long.getLong("gapless.kills.seed", 20_261_123L);
    private static final Duration LONG_GOP = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Random random = new Random(SEED);

    @TempDir private Path directory;

    @Test
    void thePrimaryIsKilledAgainAndAgain() throws Exception {
        try (Site site = Site.start(directory, Fleet.different(LONG_GOP), "tcp", 1)) {
            TreeMap<Long, String> kills = new TreeMap<>();
            plan(kills, "primary");
            Instant dead = kill(site, kills);
            new Recovery(site, "%d random kills in %s, seed %d".formatted(TIMES, WITHIN, SEED))
                    .assertWhole(dead, LIMIT);
        }
    }

    /** Where both are dead at once, and there alone, something is lost. */
    @Test
    void primaryAndReplicaAreKilledAgainAndAgain() throws Exception {
        try (Site site = Site.start(directory, Fleet.different(LONG_GOP), "tcp", 1)) {
            TreeMap<Long, String> kills = new TreeMap<>();
            plan(kills, "primary");
            plan(kills, "replica");
            Instant dead = kill(site, kills);
            String what = "%d random kills of each of both in %s, seed %d";
            new Recovery(site, what.formatted(TIMES, WITHIN, SEED))
                    .assertOnlyLostWhatNobodyHad(dead, LIMIT);
        }
    }

    private void plan(SortedMap<Long, String> kills, String role) {
        for (int i = 0; i < TIMES; i++) {
            kills.put(random.nextLong(WITHIN.toMillis()), role);
        }
    }

    /** Returns when the last of all was killed. */
    private static Instant kill(Site site, SortedMap<Long, String> kills) throws Exception {
        Instant start = Instant.now();
        for (var kill : kills.entrySet()) {
            Instant due = start.plusMillis(kill.getKey());
            Eventually.holds("time passes", WITHIN, () -> !Instant.now().isBefore(due));
            site.outages().killIfAlive(kill.getValue());
        }
        return Instant.now();
    }
}
