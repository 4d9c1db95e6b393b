package io.gapless.system.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.system.nvr.Nvr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The primary is killed with {@code kill -9} and stays dead for a while; the replica goes on. Then
 * the archive holds every frame once, of cameras as different as they come, recorded by one site
 * that suffers one outage after the other.
 *
 * <p>{@code -Dgapless.outage.seconds=0,10,60,300 -Dgapless.outage.gop=120} for the longest run.
 * {@link BackfillTest} is the short one of every build.
 */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutageTest {
    private static final String SECONDS = System.getProperty("gapless.outage.seconds", "0,10");
    private static final Duration LONG_GOP =
            Duration.ofSeconds(Integer.getInteger("gapless.outage.gop", 30));
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String PRIMARY = "primary";
    private static final String REPLICA = "replica";

    private static Site site;
    private static SavedState stale;

    @TempDir private static Path directory;

    @BeforeAll
    static void start() throws Exception {
        site = Site.start(directory, Fleet.different(LONG_GOP), "tcp", 1);
        stale = SavedState.of(site.recording().data().resolve(PRIMARY), directory.resolve("aside"));
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    static IntStream seconds() {
        return Arrays.stream(SECONDS.split(",")).mapToInt(Integer::parseInt);
    }

    @Order(1)
    @ParameterizedTest(name = "{0} s")
    @MethodSource("seconds")
    void thePrimaryIsDeadForAWhile(int seconds) throws Exception {
        Instant dead;
        if (seconds == 0) {
            dead = site.outages().kill(PRIMARY);
        } else {
            dead = site.outages().takeDown(PRIMARY);
            site.awaitFrames(seconds);
            site.outages().raise(PRIMARY);
        }
        new Recovery(site, "primary killed, down " + seconds + " s")
                .assertOneUnbrokenStretch(dead, LIMIT);
    }

    @Order(2)
    @Test
    void thePrimaryDiesAgainInTheMiddleOfABackfillAndTheReplicaBetweenOutages() throws Exception {
        site.outages().kill(REPLICA);
        site.awaitReplica(REPLICA);
        site.outages().takeDown(PRIMARY);
        site.awaitFrames(5);
        site.recorderFile().withBackfill("bandwidth", "100 kb");
        site.outages().raise(PRIMARY);
        site.awaitPartOfABackfill(LIMIT);
        Instant dead = site.outages().takeDown(PRIMARY);
        site.recorderFile().withBackfill("bandwidth", "100 mb");
        site.outages().raise(PRIMARY);
        site.awaitPrimary();
        site.outages().kill(REPLICA);
        new Recovery(
                        site,
                        "killed again in the middle of a backfill; replica killed before and after")
                .assertWhole(dead, LIMIT);
    }

    @Order(3)
    @Test
    void aStaleCheckpointIsRestored() throws Exception {
        site.awaitReplica(REPLICA);
        long twice = twiceOnDisk();
        Path state = site.recording().data().resolve(PRIMARY);
        Instant dead = site.outages().takeDown(PRIMARY);
        stale.replace(state);
        site.outages().raise(PRIMARY);
        new Recovery(site, "stale checkpoint restored").assertWhole(dead, LIMIT);
        assertThat(twiceOnDisk()).as("frames fetched that were there").isEqualTo(twice);
        assertThat(Files.readString(site.recording().data().resolve("logs/primary.log")))
                .contains("The primary starts from " + stale.newestIn(state));
    }

    @Order(4)
    @Test
    void theArchiveIsFoundWholeByVerify() throws Exception {
        Nvr.Result verified = site.recording().verify();
        assertThat(verified.status()).as("%s", verified).isZero();
        assertThat(site.recording().timeline("h264-1s-aac").path("gaps")).isEmpty();
    }

    /** Last, because what nobody recorded stays lost. */
    @Order(5)
    @Test
    void whatNobodyRecordedIsDeclaredLost() throws Exception {
        site.awaitReplica(REPLICA);
        site.outages().takeDown(PRIMARY);
        site.awaitFrames(5);
        site.outages().takeDown(REPLICA);
        site.awaitFrames(5);
        site.outages().raise(REPLICA);
        site.awaitReplica(REPLICA);
        Instant dead = Instant.now();
        site.outages().raise(PRIMARY);
        long lost =
                new Recovery(site, "both down for 5 s and more: the overlap")
                        .assertOnlyLostWhatNobodyHad(dead, LIMIT);
        assertThat(lost).isPositive();
    }

    /** What is placed by time alone overlaps what it adjoins. */
    private long twiceOnDisk() throws IOException {
        return site.verdicts().stream()
                .map(Verdict::frames)
                .filter(frames -> !frames.camera().equals(Fleet.PER_SESSION))
                .mapToLong(Judgement::rawDuplicates)
                .sum();
    }
}
