package io.gapless.media.timeline;

import static io.gapless.media.timeline.Recorders.BUILDER;
import static io.gapless.media.timeline.Recorders.CAMERA;
import static io.gapless.media.timeline.Recorders.FRAME;
import static io.gapless.media.timeline.Recorders.at;
import static io.gapless.media.timeline.Recorders.because;
import static io.gapless.media.timeline.Recorders.build;
import static io.gapless.media.timeline.Recorders.fragment;
import static io.gapless.media.timeline.Recorders.interruption;
import static io.gapless.media.timeline.Recorders.range;
import static io.gapless.media.timeline.Recorders.replica;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where frames are missing, since when, and why. */
final class GapsTest {
    @Test
    void aHoleWithoutCauseIsAnUndeclaredGap() throws IOException {
        TimelineReport<FragmentHeader> report =
                build(0, 100, List.of(fragment(1, 0, 0, 20, 0), fragment(1, 2, 40, 20, 0)));

        Gap gap = new Gap(at(20), at(40), GapCause.UNKNOWN, Gap.State.OPEN);
        assertThat(report.timeline().gaps()).containsExactly(gap);
        assertThat(report.undeclaredGaps()).containsExactly(gap);
    }

    @Test
    void aCauseWithNothingMissingIsNoGapAndLessThanHalfAFrameNeither() throws IOException {
        TimelineReport<FragmentHeader> report =
                build(
                        0,
                        100,
                        List.of(
                                fragment(1, 0, 0, 20, 0),
                                because(fragment(1, 1, 20, 20, 0), GapCause.CAMERA_CLOCK),
                                fragment(1, 2, 40, 20, FRAME / 2 - 1)));

        assertThat(report.timeline().gaps()).isEmpty();
        assertThat(report.timeline().spans()).hasSize(1);
        assertThat(report.timeline().frames()).isEqualTo(60);
    }

    @Test
    void anInterruptionAtItsBeginningIsTheCauseOfAGapBeforeWhatTheNextRunSays() throws IOException {
        FragmentHeader next = because(fragment(2, 0, 50, 20, 0), GapCause.RECORDER_RESTART);
        List<FragmentHeader> fragments = List.of(fragment(1, 0, 0, 20, 0), next);

        assertThat(build(0, 100, fragments).timeline().gaps())
                .extracting(Gap::cause)
                .containsExactly(GapCause.RECORDER_RESTART);
        assertThat(
                        BUILDER.build(
                                        CAMERA,
                                        range(0, 100),
                                        fragments,
                                        List.of(interruption(20, GapCause.CAMERA_SILENT)),
                                        false)
                                .timeline()
                                .gaps())
                .extracting(Gap::cause)
                .containsExactly(GapCause.CAMERA_SILENT);
    }

    @Test
    void anInterruptionAfterTheLastFragmentIsAGapThatStillLasts() throws IOException {
        TimelineReport<FragmentHeader> report =
                BUILDER.build(
                        CAMERA,
                        range(0, 100),
                        List.of(fragment(1, 0, 0, 20, 0)),
                        List.of(interruption(20, GapCause.CAMERA_DISCONNECTED)),
                        false);

        assertThat(report.timeline().gaps())
                .containsExactly(
                        new Gap(at(20), at(100), GapCause.CAMERA_DISCONNECTED, Gap.State.OPEN));
        assertThat(report.undeclaredGaps()).isEmpty();
    }

    @Test
    void nothingIsMissingBeforeTheFirstFrameEverUnlessItIsDeclared() throws IOException {
        List<FragmentHeader> first =
                List.of(because(fragment(1, 0, 50, 20, 0), GapCause.RECORDER_RESTART));
        List<Interruption> never = List.of(interruption(10, GapCause.CAMERA_REFUSED));

        assertThat(build(0, 70, first).timeline().gaps()).isEmpty();
        assertThat(BUILDER.build(CAMERA, range(0, 70), first, never, false).timeline().gaps())
                .containsExactly(new Gap(at(10), at(50), GapCause.CAMERA_REFUSED, Gap.State.OPEN));
        assertThat(BUILDER.build(CAMERA, range(0, 70), first, List.of(), true).timeline().gaps())
                .containsExactly(new Gap(at(0), at(50), GapCause.RECORDER_RESTART, Gap.State.OPEN));
    }

    @Test
    void aRunThatGoesOnExactlyWhereAFillEndsLeavesNoGap() throws IOException {
        List<FragmentHeader> fragments =
                List.of(
                        fragment(1, 0, 0, 20, 0),
                        replica(fragment(2, 5, 20, 20, 0)),
                        because(fragment(3, 0, 40, 20, 0), GapCause.RECORDER_RESTART));
        assertThat(build(0, 60, fragments).timeline().gaps()).isEmpty();
        assertThat(build(0, 60, fragments).timeline().spans()).hasSize(3);
    }

    @Test
    void lessThanHalfAFrameBetweenRunsIsNoGapWhateverTheySay() throws IOException {
        long some = FRAME / 2 - 1;
        List<FragmentHeader> fragments =
                List.of(
                        fragment(1, 0, 0, 20, -some),
                        because(replica(fragment(2, 5, 20, 20, 0)), GapCause.RECORDER_RESTART),
                        because(fragment(3, 0, 40, 20, some), GapCause.RECORDER_RESTART));
        assertThat(build(0, 60, fragments).timeline().gaps()).isEmpty();
    }

    @Test
    void whatIsLostSplitsGapsAndOpensNone() throws IOException {
        List<FragmentHeader> fragments =
                List.of(
                        fragment(1, 0, 0, 20, 0),
                        because(fragment(2, 0, 50, 20, 0), GapCause.CAMERA_SILENT));
        TimelineReport<FragmentHeader> report =
                BUILDER.build(
                        CAMERA,
                        range(0, 100),
                        fragments,
                        List.of(),
                        false,
                        List.of(range(25, 35), range(30, 60), range(5, 10)));

        assertThat(report.timeline().gaps())
                .containsExactly(
                        new Gap(at(20), at(25), GapCause.CAMERA_SILENT, Gap.State.OPEN),
                        new Gap(at(25), at(50), GapCause.CAMERA_SILENT, Gap.State.LOST));
        assertThat(report.timeline().spans()).hasSize(2);
        assertThat(report.lost()).containsExactly(range(5, 10), range(25, 60));
    }
}
