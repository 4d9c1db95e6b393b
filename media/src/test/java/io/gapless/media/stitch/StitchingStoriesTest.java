package io.gapless.media.stitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.stitch.Scene.Content;
import io.gapless.media.timeline.Gap;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What happens to recorders, and what the timeline must show afterwards: 25 frames a second. */
final class StitchingStoriesTest {
    private static final int GOP = 25;
    private static final int UNCAPPED = 300;
    private static final double AHEAD = 3.2;

    private Scene scene = Scene.regular(Content.MOVING, 400, GOP);
    private Site site = new Site(scene);
    private int cap = UNCAPPED;
    private String replica = "replica";
    private long runs;

    @Test
    void killedPrimaryIsFilledStrictlyBetweenItsNeighbours() throws IOException {
        killedPrimary(0, 130);
        primary(200, 400);
        replica(0, 400, AHEAD);

        site.fill();

        assertAllShown();
        List<FragmentHeader> fills = fills();
        assertThat(fills).extracting(FragmentHeader::videoFrames).containsExactly(25, 25, 25);
        assertThat(fills).noneMatch(FragmentHeader::seam);
        assertThat(fills.get(0).start()).isEqualTo(time(125));
        assertThat(fills.get(2).end()).isEqualTo(time(200));
    }

    @Test
    void brokenSessionsUnfinishedGopIsCompletedByTheReplica() throws IOException {
        primary(0, 137);
        primary(200, 400);
        replica(0, 400, AHEAD);

        site.fill();

        assertAllShown();
        assertThat(fills().get(0).start()).isEqualTo(time(125));
    }

    @Test
    void damagedGopsAreReplacedByWholeOnes() throws IOException {
        site.archive.addAll(session("", 0, 400, 0, Set.of(30, 77, 78, 110), true));
        replica(0, 400, AHEAD);

        site.fill();

        assertAllShown();
    }

    @Test
    void twoReplicasWithHolesFillTogether() throws IOException {
        killedPrimary(0, 130);
        primary(300, 400);
        replica(0, 205, AHEAD);
        replica = "second replica";
        replica(160, 400, -1.7);

        site.fill();

        assertAllShown();
    }

    @Test
    void stillSceneIsFilledAtTheRightPlace() throws IOException {
        scene = Scene.regular(Content.STATIC, 400, GOP);
        site = new Site(scene);
        killedPrimary(0, 130);
        primary(200, 400);
        replica(0, 400, 0.25);

        site.fill();

        assertAllShown();
    }

    @Test
    void longGopsAreFilledByTheirCappedParts() throws IOException {
        scene = Scene.regular(Content.MOVING, 1500, 250);
        site = new Site(scene);
        cap = 60;
        killedPrimary(0, 430);
        primary(740, 1500);
        replica(0, 1500, AHEAD);

        site.fill();

        assertAllShown();
    }

    @Test
    void whatIsFilledIsNotPlannedAgain() throws IOException {
        primary(0, 137);
        primary(200, 400);
        replica(0, 400, AHEAD);
        site.fill();
        int filled = site.archive.size();

        site.fill();

        assertThat(site.archive).hasSize(filled);
    }

    @Test
    void overlapOfBothOutagesStaysDeclared() throws IOException {
        killedPrimary(0, 130);
        primary(300, 400);
        replica(0, 187, AHEAD);
        replica(215, 400, AHEAD);

        site.fill();

        site.check(true);
        assertThat(site.shown()).startsWith(frames(0, 175)).endsWith(frames(225, 400));
        assertThat(site.report().timeline().gaps())
                .extracting(Gap::start, Gap::end)
                .containsExactly(tuple(time(175), time(225)));
    }

    /** As in a camera whose clock steps with each session, filled while it happens. */
    @Test
    void clockThatStepsWithEachSessionMakesNoGap() throws IOException {
        scene = Scene.regular(Content.MOVING, 1800, 100);
        scene.repeatEvery(700);
        site = new Site(scene);
        site.archive.addAll(session("", 200, 450, 3.4, Set.of(), false));
        site.archive.addAll(session("", 800, 1250, 0, Set.of(), false));
        site.archive.addAll(session("", 1500, 1800, -0.1, Set.of(), true));
        replica(0, 1800, 1.7);

        site.fillAsItGoes(40);

        assertThat(site.shown()).containsExactly(frames(200, 1800));
        assertThat(site.report().timeline().gaps()).isEmpty();
    }

    private void assertAllShown() throws IOException {
        site.check(true);
        assertThat(site.shown()).containsExactly(frames(0, scene.size()));
        assertThat(site.report().timeline().gaps()).isEmpty();
    }

    private static Integer[] frames(int from, int to) {
        return IntStream.range(from, to).boxed().toArray(Integer[]::new);
    }

    private MediaTime time(int frame) {
        return new MediaTime(scene.times[frame]);
    }

    private List<FragmentHeader> fills() {
        return site.archive.stream()
                .map(Taken::header)
                .filter(header -> header.origin() == Origin.REPLICA)
                .toList();
    }

    private void primary(int from, int to) {
        site.archive.addAll(session("", from, to, 0, Set.of(), true));
    }

    /** Its unfinished group of pictures is lost. */
    private void killedPrimary(int from, int to) {
        site.archive.addAll(session("", from, to, 0, Set.of(), false));
    }

    private void replica(int from, int to, double secondsAhead) {
        site.rings.addAll(session(replica, from, to, secondsAhead, Set.of(), true));
    }

    private List<Taken> session(
            String replica, int from, int to, double ahead, Set<Integer> lost, boolean flushes) {
        RunId run = new RunId(new UUID(1, ++runs));
        long offset = Math.round(ahead * MediaTime.TICKS_PER_SECOND);
        return new Session(scene, run, replica, new Session.Clock(offset, 0), cap)
                .record(from, to, lost, flushes);
    }
}
