package io.gapless.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.job.RunJoiner.Joined;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.RunId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RunJoinerTest {
    private static final CameraId GATE = new CameraId("gate");

    private final RunJoiner joiner = new RunJoiner("first life");
    private CameraHistory history = CameraHistory.NONE;

    /** Between the end of the last fragment and the beginning of the next. */
    private long missedTicks90k;

    @Test
    void fragmentsOfOneRunPassUnchanged() {
        RunId run = RunId.random();
        join(joiner, TestFragment.at(run, 0, 100));
        Fragment next = TestFragment.at(run, 1, 200);
        assertThat(join(joiner, next)).isSameAs(next);
        assertThat(history.endTicks90k()).isEqualTo(300);
        assertThat(history.fragments()).isEqualTo(2);
        assertThat(history.runs()).isEqualTo(1);
    }

    @Test
    void theFirstRunEverFollowsARestart() {
        assertThat(gapBefore(TestFragment.at(RunId.random(), 0, 100)))
                .contains(GapCause.RECORDER_RESTART);
    }

    @Test
    void aRunAfterAnInterruptionNamesItsCause() {
        join(joiner, TestFragment.at(RunId.random(), 0, 100));
        joiner(interruption(200, GapCause.CAMERA_DISCONNECTED));
        joiner(interruption(900, GapCause.CAMERA_UNREACHABLE));
        assertThat(gapBefore(TestFragment.at(RunId.random(), 0, 1000)))
                .contains(GapCause.CAMERA_DISCONNECTED);
    }

    @Test
    void theSourceKnowsBetter() {
        joiner(interruption(200, GapCause.CAMERA_DISCONNECTED));
        assertThat(gapBefore(TestFragment.at(RunId.random(), 0, 1000, GapCause.RECORDER_OVERLOAD)))
                .contains(GapCause.RECORDER_OVERLOAD);
    }

    @Test
    void aRunAfterARestartOfTheRecorderSaysSo() {
        join(joiner, TestFragment.at(RunId.random(), 0, 100));
        Fragment joined =
                join(new RunJoiner("second life"), TestFragment.at(RunId.random(), 0, 1000));
        assertThat(joined.header().gapBefore()).contains(GapCause.RECORDER_RESTART);
    }

    /** An hour-old savepoint: its end lies before whatever comes now. */
    @Test
    void aStaleStateMovesNothing() {
        join(joiner, TestFragment.at(RunId.random(), 0, 100));
        Fragment joined =
                join(new RunJoiner("second life"), TestFragment.at(RunId.random(), 0, 1_000_000));
        assertThat(joined.header().start()).isEqualTo(new MediaTime(1_000_000));
    }

    @Test
    void anEndThatAWrongClockLeftBehindMovesNothing() {
        join(joiner, TestFragment.at(RunId.random(), 0, 3600 * 90_000L));
        Fragment joined =
                join(new RunJoiner("second life"), TestFragment.at(RunId.random(), 0, 1000));
        assertThat(joined.header().start()).isEqualTo(new MediaTime(1000));
    }

    @Test
    void aRestoredEndMovesARunAsFarAsRightClocksDisagree() {
        join(joiner, TestFragment.at(RunId.random(), 0, 10 * 90_000L));
        Fragment joined =
                join(new RunJoiner("second life"), TestFragment.at(RunId.random(), 0, 90_000));
        assertThat(joined.header().start()).isEqualTo(new MediaTime(10 * 90_000L + 100));
    }

    @Test
    void aGapThatWasOpenWhenTheRecorderDiedKeepsItsCause() {
        joiner(interruption(200, GapCause.CAMERA_SILENT));
        Fragment joined =
                join(new RunJoiner("second life"), TestFragment.at(RunId.random(), 0, 1000));
        assertThat(joined.header().gapBefore()).contains(GapCause.CAMERA_SILENT);
    }

    @Test
    void aClosedGapIsForgotten() {
        joiner(interruption(200, GapCause.CAMERA_SILENT));
        join(joiner, TestFragment.at(RunId.random(), 0, 1000));
        assertThat(gapBefore(TestFragment.at(RunId.random(), 0, 2000))).contains(GapCause.UNKNOWN);
    }

    @Test
    void aRunThatWouldOverlapTheLastIsMovedAsAWhole() {
        join(joiner, TestFragment.at(RunId.random(), 0, 1000));
        RunId early = RunId.random();
        assertThat(join(joiner, TestFragment.at(early, 0, 400)).header().start())
                .isEqualTo(new MediaTime(1100));
        assertThat(join(joiner, TestFragment.at(early, 1, 500)).header().start())
                .isEqualTo(new MediaTime(1200));
        assertThat(join(joiner, TestFragment.at(early, 3, 700)).header().start())
                .isEqualTo(new MediaTime(1400));
        assertThat(join(joiner, TestFragment.at(RunId.random(), 0, 1600)).header().start())
                .isEqualTo(new MediaTime(1600));
    }

    @Test
    void aRunMovedBecauseAClockWasSetBackLeavesRoomForWhatWasMissed() {
        join(joiner, TestFragment.at(RunId.random(), 0, 1000));
        missedTicks90k = 5000;
        assertThat(join(joiner, TestFragment.at(RunId.random(), 0, 400)).header().start())
                .isEqualTo(new MediaTime(1100 + 5000));
    }

    @Test
    void aWallClockSetForwardLeavesNoMoreRoomThanRightClocksDisagree() {
        join(joiner, TestFragment.at(RunId.random(), 0, 1000));
        missedTicks90k = 3600 * 90_000L;
        assertThat(join(joiner, TestFragment.at(RunId.random(), 0, 400)).header().start())
                .isEqualTo(new MediaTime(1100 + 10 * 90_000L));
    }

    @Test
    void aMovedRunStaysMovedAfterARestoreInItsMiddle() {
        join(joiner, TestFragment.at(RunId.random(), 0, 1000));
        RunId early = RunId.random();
        join(joiner, TestFragment.at(early, 0, 400));
        Fragment joined = join(new RunJoiner("second life"), TestFragment.at(early, 1, 500));
        assertThat(joined.header().start()).isEqualTo(new MediaTime(1200));
        assertThat(joined.header().gapBefore()).isEmpty();
    }

    @Test
    void anInterruptionDoesNotLieBeforeTheEndOfWhatWasHandedOn() {
        join(joiner, TestFragment.at(RunId.random(), 0, 1000));
        assertThat(joiner(interruption(400, GapCause.CAMERA_SILENT)).at())
                .isEqualTo(new MediaTime(1100));
    }

    private Optional<GapCause> gapBefore(Fragment fragment) {
        FragmentHeader header = join(joiner, fragment).header();
        return header.gapBefore();
    }

    private Fragment join(RunJoiner by, Fragment fragment) {
        Joined joined = by.join(history, fragment, now(fragment));
        history = joined.history();
        return (Fragment) joined.event();
    }

    /** Each fragment comes when it has ended. */
    private MediaTime now(Fragment fragment) {
        long begun =
                history.endTicks90k() == Long.MIN_VALUE
                        ? fragment.header().start().ticks90k()
                        : history.endTicks90k() + missedTicks90k;
        return new MediaTime(begun + history.lagTicks90k() + fragment.header().durationTicks90k());
    }

    private Interruption joiner(Interruption event) {
        Joined joined = joiner.join(history, event, event.at());
        history = joined.history();
        return (Interruption) joined.event();
    }

    private static Interruption interruption(long at, GapCause cause) {
        return new Interruption(GATE, new MediaTime(at), cause, "test");
    }
}
