package io.gapless.media.timeline;

import static io.gapless.media.timeline.Recorders.alike;
import static io.gapless.media.timeline.Recorders.at;
import static io.gapless.media.timeline.Recorders.because;
import static io.gapless.media.timeline.Recorders.build;
import static io.gapless.media.timeline.Recorders.damaged;
import static io.gapless.media.timeline.Recorders.fragment;
import static io.gapless.media.timeline.Recorders.replica;
import static io.gapless.media.timeline.Recorders.shownFrames;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.Origin;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is shown where more than one recorder has the same frames. */
final class ShownFragmentsTest {
    @Test
    void fragmentsThatFollowExactlyAreOneSpan() throws IOException {
        TimelineReport<FragmentHeader> report =
                build(0, 100, List.of(fragment(1, 1, 20, 30, 0), fragment(1, 0, 0, 20, 0)));

        assertThat(report.timeline().spans())
                .containsExactly(new Span(at(0), at(50), 50, Origin.PRIMARY));
        assertThat(report.timeline().gaps()).isEmpty();
    }

    @Test
    void originsAreSpansOfTheirOwn() throws IOException {
        TimelineReport<FragmentHeader> report =
                build(0, 50, List.of(fragment(1, 0, 0, 20, 0), replica(fragment(2, 0, 20, 20, 0))));

        assertThat(report.timeline().spans())
                .containsExactly(
                        new Span(at(0), at(20), 20, Origin.PRIMARY),
                        new Span(at(20), at(40), 20, Origin.REPLICA));
    }

    @Test
    void theSameFragmentTwiceCountsOnceAndTheWholeOneIsShown() throws IOException {
        FragmentHeader whole = fragment(1, 0, 0, 20, 0);
        TimelineReport<FragmentHeader> report = build(0, 50, List.of(damaged(whole), whole));

        assertThat(report.timeline().frames()).isEqualTo(20);
        assertThat(report.duplicates()).containsExactly(new Duplicate<>(damaged(whole), whole));
    }

    @Test
    void twoRecordersOfTheSameGopCountOnceButAStaticSceneAsOftenAsItIs() throws IOException {
        FragmentHeader mine = fragment(1, 0, 0, 20, 0);
        FragmentHeader zombie = fragment(2, 7, 0, 20, 900);
        FragmentHeader nextGop = fragment(1, 1, 20, 20, 0);
        TimelineReport<FragmentHeader> report =
                build(0, 50, List.of(alike(zombie), alike(mine), alike(nextGop)));

        assertThat(report.timeline().frames()).isEqualTo(40);
        assertThat(report.duplicates())
                .containsExactly(new Duplicate<>(alike(zombie), alike(mine)));
    }

    @Test
    void thePrimarysOwnFragmentIsShownInsteadOfItsFill() throws IOException {
        FragmentHeader own = fragment(9, 4, 20, 20, 0);
        FragmentHeader fill = replica(fragment(2, 7, 20, 20, 500));
        TimelineReport<FragmentHeader> report =
                build(0, 60, List.of(fill, fragment(1, 0, 0, 20, 0), own));

        assertThat(report.duplicates()).containsExactly(new Duplicate<>(fill, own));
        assertThat(report.timeline().spans())
                .containsExactly(new Span(at(0), at(40), 40, Origin.PRIMARY));
    }

    @Test
    void aFillIsMixedWithThePrimarysPartOfTheSameGroupOfPictures() throws IOException {
        FragmentHeader part = fragment(1, 0, 0, 14, 0);
        FragmentHeader whole = replica(fragment(2, 0, 0, 20, 0));
        TimelineReport<FragmentHeader> report = build(0, 60, List.of(whole, part));

        assertThat(shownFrames(report)).hasSize(20).doesNotHaveDuplicates();
        assertThat(report.timeline().spans())
                .containsExactly(
                        new Span(at(0), at(14), 14, Origin.PRIMARY),
                        new Span(at(14), at(20), 6, Origin.REPLICA));
    }

    @Test
    void aWholeFillIsShownInsteadOfDamagedFragments() throws IOException {
        List<FragmentHeader> fragments =
                List.of(
                        damaged(fragment(1, 0, 0, 8, 0)),
                        damaged(because(fragment(1, 1, 10, 10, 0), GapCause.PACKET_LOSS)),
                        replica(fragment(2, 0, 0, 20, 0)));
        assertThat(build(0, 60, fragments).timeline().spans())
                .containsExactly(new Span(at(0), at(20), 20, Origin.REPLICA));
        assertThat(build(0, 60, fragments).timeline().gaps()).isEmpty();
    }
}
