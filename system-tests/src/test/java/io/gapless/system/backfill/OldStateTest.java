package io.gapless.system.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.system.nvr.Nvr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The primary starts from a state of long ago, of before outages that have been filled since: what
 * is missing is read from the archive alone, so nothing is fetched that it holds. {@code
 * -Dgapless.state.age=PT60M} for a state of an hour ago.
 */
@Tag("long")
class OldStateTest {
    private static final Duration AGE =
            Duration.parse(System.getProperty("gapless.state.age", "PT2M"));
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final String PRIMARY = "primary";
    private static final String REPLICA = "replica";

    @TempDir private Path directory;

    @Test
    void nothingIsFetchedThatTheArchiveHolds() throws Exception {
        try (Site site = Site.start(directory, Fleet.few(), "tcp", 1)) {
            Path state = site.recording().data().resolve(PRIMARY);
            SavedState old = SavedState.of(state, directory.resolve("aside"));
            Instant saved = Instant.now();
            letTimePassWithOutages(site);
            long fetched = replicaFrames(site);
            assertThat(fetched).as("frames filled since the state was saved").isPositive();
            long twice = twiceOnDisk(site);

            Instant dead = site.outages().takeDown(PRIMARY);
            old.replace(state);
            site.outages().raise(PRIMARY);
            Duration age = Duration.between(saved, Instant.now());
            new Recovery(site, "state of %d min ago restored".formatted(age.toMinutes()))
                    .assertOneUnbrokenStretch(dead, LIMIT);
            assertThat(Files.readString(site.recording().data().resolve("logs/primary.log")))
                    .contains("The primary starts from " + old.newestIn(state));
            assertThat(twiceOnDisk(site)).as("frames fetched that were there").isEqualTo(twice);
            Nvr.Result verified = site.recording().verify();
            assertThat(verified.status()).as("%s", verified).isZero();
        }
    }

    /** Half way the primary is killed, and in the third quarter the replica. */
    private static void letTimePassWithOutages(Site site) throws Exception {
        int quarter = (int) AGE.toSeconds() / 4;
        site.awaitFrames(quarter * 2);
        Instant dead = site.outages().kill(PRIMARY);
        new Recovery(site, "primary killed, down 0 s").assertOneUnbrokenStretch(dead, LIMIT);
        site.awaitFrames(quarter);
        site.outages().kill(REPLICA);
        site.awaitReplica(REPLICA);
        site.awaitFrames(quarter);
    }

    private static long replicaFrames(Site site) throws IOException {
        long frames = 0;
        for (String camera : site.cameras().names()) {
            frames +=
                    site.fragments(camera).stream()
                            .filter(RawFragment::replica)
                            .mapToLong(fragment -> fragment.frames().size())
                            .sum();
        }
        return frames;
    }

    private static long twiceOnDisk(Site site) throws IOException {
        return site.verdicts().stream().mapToLong(v -> v.frames().rawDuplicates()).sum();
    }
}
