package io.gapless.media.stitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gapless.media.MediaTime;
import io.gapless.media.RunId;
import io.gapless.media.stitch.Scene.Content;
import io.gapless.media.timeline.Gap;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Stories of both recorders being killed again and again: little of what they hold is in common,
 * and what is shown must be neither hidden nor shown twice. 25 frames a second.
 */
final class BothRecordersFailTest {
    private Scene scene = Scene.regular(Content.MOVING, 1200, 25);
    private Site site = new Site(scene);
    private long runs;

    /**
     * Seen under fire: a camera with groups of pictures of 30 s begins its pictures anew for each
     * session. So the replica's session cuts the primary's first fragment, is the beginning of the
     * same pictures, and must not be shown instead of it.
     */
    @Test
    void sessionsThatBeginAlikeAreNeighbours() throws IOException {
        scene = Scene.regular(Content.BEGINNING_ANEW, 1200, 750);
        site = new Site(scene);
        IntStream.of(0, 130, 500).forEach(scene::beginAnew);
        killed("", 0, 160, 0);
        killed("replica", 130, 1100, 0.004);
        killed("", 500, 1200, 0.003);

        site.fillAsItGoes(25);

        assertShown(0, 1050);
        assertThat(site.report().timeline().gaps()).isEmpty();
    }

    /** Nor may they be matched when nothing else tells where the replica's session lies. */
    @Test
    void aSessionWithNothingInCommonHidesNothing() throws IOException {
        scene = Scene.regular(Content.BEGINNING_ANEW, 1200, 750);
        site = new Site(scene);
        IntStream.of(0, 130, 500).forEach(scene::beginAnew);
        killed("", 0, 160, 0);
        killed("replica", 130, 450, 0.004);
        killed("", 500, 1200, 0.003);

        site.fillAsItGoes(25);

        assertThat(site.shown()).doesNotHaveDuplicates().contains(frames(0, 130));
        assertThat(site.shown()).contains(frames(500, 1050));
        site.check(false);
    }

    /** Seen under fire: a gap of one frame was declared lost here, in which nothing is missing. */
    @Test
    void aReplicaThatBeginsWhereThePrimaryEndedLeavesNoGap() throws IOException {
        killed("", 0, 310, 0);
        killed("replica", 300, 1200, 0.1);
        killed("", 600, 1200, -0.025);

        site.fill();

        assertShown(0, 1200 - 25);
        assertThat(site.report().timeline().gaps()).isEmpty();
    }

    /** By the clock of the later session it would begin before the primary's end. */
    @Test
    void whatIsKnownOnlyFromALaterSessionIsSqueezedBehindTheEarlierOne() throws IOException {
        killed("", 0, 310, 0);
        killed("replica", 350, 1200, 0.1);
        killed("", 600, 1200, -2.4);

        site.fill();

        assertShown(0, 300, 350, 1200 - 25);
        assertThat(site.report().timeline().gaps()).hasSize(1);
    }

    @Test
    void whatIsHeldByOneRunOfTheReplicaAloneIsFetched() throws IOException {
        killed("", 0, 310, 0);
        killed("replica", 0, 210, 0.1);
        killed("replica", 400, 510, 0.1);
        killed("replica", 700, 1200, 0.1);
        killed("", 750, 1200, 0);

        site.fill();

        assertShown(0, 300, 400, 500, 700, 1200 - 25);
        assertThat(site.report().timeline().gaps())
                .extracting(Gap::start, Gap::end)
                .containsExactly(tuple(time(300), time(400)), tuple(time(500), time(700)));
    }

    /** Seen under fire: it might have been the beginning of what the primary has. */
    @Test
    void theReplicasLastWholeFragmentBeforeItWasKilledIsFetched() throws IOException {
        killed("", 0, 310, 0);
        killed("replica", 0, 610, 0.1);
        killed("", 650, 1200, -0.4);

        site.fill();

        assertShown(0, 600, 650, 1200 - 25);
        assertThat(site.report().timeline().gaps()).hasSize(1);
    }

    /** By clock it ends where the primary begins, of which it is the beginning. */
    @Test
    void theUnfinishedEndOfAReplicaThatSeemsToEndWhereThePrimaryBeginsIsNotShown()
            throws IOException {
        killed("", 0, 310, 0);
        ended("replica", 0, 612, 0.1);
        killed("", 600, 1200, 0.48);

        site.fill();

        assertShown(0, 1200 - 25);
    }

    /** The end of one replica's run is the beginning of what the other has whole. */
    @Test
    void theUnfinishedEndOfOneReplicaIsNotShownBesideTheOther() throws IOException {
        killed("", 0, 310, 0);
        ended("replica", 0, 410, 0.1);
        killed("second replica", 400, 800, -0.2);
        killed("", 700, 1200, 0);

        site.fill();

        assertShown(0, 1200 - 25);
        assertThat(site.report().timeline().gaps()).isEmpty();
    }

    private void assertShown(int... fromTo) throws IOException {
        Integer[] expected =
                IntStream.range(0, fromTo.length / 2)
                        .flatMap(i -> IntStream.range(fromTo[2 * i], fromTo[2 * i + 1]))
                        .boxed()
                        .toArray(Integer[]::new);
        assertThat(site.shown()).containsExactly(expected);
    }

    private static Integer[] frames(int from, int to) {
        return IntStream.range(from, to).boxed().toArray(Integer[]::new);
    }

    private MediaTime time(int frame) {
        return new MediaTime(scene.times[frame]);
    }

    /** With {@code kill -9}: its unfinished group of pictures is lost. */
    private void killed(String replica, int from, int to, double secondsAhead) {
        record(replica, from, to, secondsAhead, false);
    }

    private void ended(String replica, int from, int to, double secondsAhead) {
        record(replica, from, to, secondsAhead, true);
    }

    private void record(String replica, int from, int to, double ahead, boolean flushes) {
        RunId run = new RunId(new UUID(1, ++runs));
        long offset = Math.round(ahead * MediaTime.TICKS_PER_SECOND);
        (replica.isEmpty() ? site.archive : site.rings)
                .addAll(
                        new Session(scene, run, replica, new Session.Clock(offset, 0), 300)
                                .record(from, to, Set.of(), flushes));
    }
}
