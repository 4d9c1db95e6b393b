package io.gapless.system.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.system.backfill.LyingRing.Lie;
import io.gapless.system.nvr.Eventually;
import io.gapless.system.nvr.Nvr;
import io.gapless.system.nvr.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the primary asks for its video refuses or lies, and then it has nowhere to put what it is
 * given. Nothing is damaged, the log says so, and once all is well again the archive becomes whole.
 */
@Tag("long")
class BadRingTest {
    private static final String PRIMARY = "primary";
    private static final String WRONG_SECRET = "not-the-secret-at-all";
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int SECONDS_FROZEN = 10;

    @TempDir private Path directory;

    @Test
    void aRingThatRefusesAndLiesAndAnArchiveThatFreezes() throws Exception {
        try (Site site = Site.start(directory, Fleet.alike(2, Fleet.PLAIN), "tcp", 1);
                LyingRing lying = LyingRing.before(site.recorderFile().ring())) {
            Path secret = site.recorderFile().secretFile();
            site.outages().takeDown(PRIMARY);
            site.awaitFrames(10);
            site.recorderFile().withSecretFile(wrongSecret());
            site.outages().raise(PRIMARY);
            Eventually.holds("the log says: refused", LIMIT, () -> warns(site, "refuse"));
            assertThat(log(site)).doesNotContain(WRONG_SECRET).doesNotContain(content(secret));
            Recovery.assertNothingGivenUp(site);

            site.outages().takeDown(PRIMARY);
            site.recorderFile().withSecretFile(secret).withRing(lying.uri());
            lying.lieAboutLists(List.of(Lie.WRONG_BYTE, Lie.HALF, Lie.ENDLESS));
            lying.lieAboutFragments(Lie.LIES);
            Instant dead = Instant.now();
            site.outages().raise(PRIMARY);
            site.awaitPrimary();
            Eventually.holds(
                    () -> "the ring is asked again and again; still to be told: " + lying.left(),
                    LIMIT,
                    () -> lying.left().isEmpty());
            Recovery.assertNothingGivenUp(site);
            freezeArchive(site);
            new Recovery(site, "ring refused, then lied in 10 ways; archive frozen for 10 s")
                    .assertWhole(dead, LIMIT);
            Nvr.Result verified = site.recording().verify();
            assertThat(verified.status()).as("%s", verified).isZero();
        }
    }

    private Path wrongSecret() throws IOException {
        return Files.writeString(directory.resolve("wrong-secret"), WRONG_SECRET + "\n");
    }

    private static void freezeArchive(Site site) throws Exception {
        long hdfs = site.recording().pid("hdfs");
        Signals.freeze(hdfs);
        site.awaitFrames(SECONDS_FROZEN);
        Signals.thaw(hdfs);
    }

    private static boolean warns(Site site, String what) throws IOException {
        return log(site).lines().anyMatch(line -> line.contains(" WARN ") && line.contains(what));
    }

    private static String content(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    private static String log(Site site) throws IOException {
        return Files.readString(site.recording().data().resolve("logs/primary.log"));
    }
}
