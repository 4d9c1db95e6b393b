package io.gapless.system.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.simulator.Fault;
import io.gapless.simulator.Side;
import io.gapless.system.backfill.LyingRing.Lie;
import io.gapless.system.nvr.Eventually;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the promise says, in the time that every build has: one site with two replicas that suffers
 * one failure after the other, each of them several at once. {@link OutageTest}, {@link LossTest}
 * and {@link BadRingTest} tell the same stories one by one and longer, with more cameras.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackfillTest {
    private static final double PERCENT = 1;
    private static final long SEED = Long.getLong("gapless.loss.seed", 20_261_123L);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final String PRIMARY = "primary";
    private static final String REPLICA = "replica";
    private static final String REPLICA_2 = "replica2";

    private static Site site;

    @TempDir private static Path directory;

    @BeforeAll
    static void start() throws Exception {
        site =
                Site.start(
                        directory, Fleet.few(), name -> name.startsWith("udp-") ? "udp" : "tcp", 2);
    }

    @AfterAll
    static void stop() throws IOException {
        site.close();
    }

    @Order(1)
    @Test
    void packetsAreLostAndThePrimaryDies() throws Exception {
        List<String> lossy = Fleet.overUdp(site.cameras());
        Fault loss = new Fault.PacketLoss(PERCENT, 1, OptionalLong.of(SEED));
        lossy.forEach(camera -> site.cameras().inject(camera, Side.PRIMARY, loss, FOR_EVER));
        for (String camera : lossy) {
            Eventually.holds(camera + " is damaged", LIMIT, () -> site.isDamaged(camera));
        }
        lossy.forEach(camera -> site.cameras().heal(camera, Side.PRIMARY));
        Instant dead = site.outages().kill(PRIMARY);
        new Recovery(site, "1 % of two cameras' packets lost (UDP); primary killed, down 0 s")
                .assertOneUnbrokenStretch(dead, LIMIT);
    }

    /** The first half of the hole is in one ring only, the second half in the other. */
    @Order(2)
    @Test
    void twoReplicasEachOfWhichHoldsAPart() throws Exception {
        site.outages().takeDown(REPLICA_2);
        Instant dead = site.outages().takeDown(PRIMARY);
        site.awaitFrames(5);
        site.outages().raise(REPLICA_2);
        site.awaitReplica(REPLICA_2);
        site.outages().takeDown(REPLICA);
        site.awaitFrames(5);
        site.outages().raiseAll();
        site.awaitReplica(REPLICA);
        new Recovery(site, "primary down for more than 10 s, each of two replicas for a part of it")
                .assertOneUnbrokenStretch(dead, LIMIT);
    }

    /**
     * Only the first ring is asked; it was killed before, and is killed again while it is asked.
     */
    @Order(3)
    @Test
    void thePrimaryDiesAgainInTheMiddleOfABackfillAndThenTheRingLies() throws Exception {
        URI ring = site.recorderFile().ring();
        try (LyingRing lying = LyingRing.before(ring)) {
            site.outages().kill(REPLICA);
            site.awaitReplica(REPLICA);
            site.outages().takeDown(PRIMARY);
            site.awaitFrames(5);
            site.recorderFile().withOneRing().withBackfill("bandwidth", "100 kb");
            site.outages().raise(PRIMARY);
            site.awaitPartOfABackfill(LIMIT);
            Instant dead = site.outages().takeDown(PRIMARY);
            site.recorderFile().withRing(lying.uri()).withBackfill("bandwidth", "100 mb");
            lying.lieAboutLists(List.of(Lie.WRONG_BYTE, Lie.HALF));
            lying.lieAboutFragments(Lie.LIES);
            site.outages().raise(PRIMARY);
            site.awaitPrimary();
            Eventually.holds(
                    () -> "all lies are told but " + lying.left(),
                    LIMIT,
                    () -> lying.left().isEmpty());
            site.outages().kill(REPLICA);
            Recovery.assertNothingGivenUp(site);
            new Recovery(
                            site,
                            "killed in the middle of a backfill; ring killed twice, lied 9 times")
                    .assertOneUnbrokenStretch(dead, LIMIT);
            site.recorderFile().withRing(ring);
        }
    }

    @Order(4)
    @Test
    void theArchiveIsFoundWholeByVerify() throws Exception {
        var verified = site.recording().verify();
        assertThat(verified.status()).as("%s", verified).isZero();
    }

    /**
     * Last, because what nobody recorded stays lost. Recorders that start at once on a busy machine
     * may differ in time by more than half a group of pictures, and nothing but time tells those of
     * a static scene apart: {@link OutageTest} has that camera, too.
     */
    @Order(5)
    @Test
    void whatNobodyRecordedIsDeclaredLost() throws Exception {
        site.awaitReplica(REPLICA);
        site.outages().takeDown(PRIMARY);
        site.awaitFrames(5);
        site.outages().takeDown(REPLICA);
        site.outages().takeDown(REPLICA_2);
        site.awaitFrames(5);
        site.outages().raise(REPLICA);
        site.awaitReplica(REPLICA);
        Instant dead = Instant.now();
        site.outages().raiseAll();
        long lost =
                new Recovery(site, "all down for 5 s and more: the overlap")
                        .without(Fleet.STATIC)
                        .assertOnlyLostWhatNobodyHad(dead, LIMIT);
        assertThat(lost).isPositive();
    }
}
