package io.gapless.media.timeline;

import static io.gapless.media.timeline.Recorders.at;
import static io.gapless.media.timeline.Recorders.build;
import static io.gapless.media.timeline.Recorders.damaged;
import static io.gapless.media.timeline.Recorders.fragment;
import static io.gapless.media.timeline.Recorders.replica;
import static io.gapless.media.timeline.Recorders.seam;
import static io.gapless.media.timeline.Recorders.shownFrames;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.FragmentHeader;
import io.gapless.media.Origin;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fills that could be placed by time alone. */
final class SeamsTest {
    @Test
    void aSeamCutsOffWhatOtherRunsBeganBeforeIt() throws IOException {
        FragmentHeader before = fragment(1, 0, 0, 20, 0);
        FragmentHeader fill = seam(replica(fragment(2, 0, 12, 20, 0)));
        FragmentHeader after = fragment(3, 0, 30, 20, 0);
        TimelineReport<FragmentHeader> report = build(0, 60, List.of(before, fill, after));

        assertThat(report.timeline().spans())
                .containsExactly(
                        new Span(at(0), at(12), 12, Origin.PRIMARY),
                        new Span(at(12), at(30), 18, Origin.REPLICA),
                        new Span(at(30), at(50), 20, Origin.PRIMARY));
        assertThat(report.timeline().seams()).containsExactly(at(12));
        assertThat(report.timeline().gaps()).isEmpty();
        assertThat(shownFrames(report)).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void whatASeamCutsOffIsShownWhereTheFillEndsBeforeIt() throws IOException {
        FragmentHeader longer = fragment(1, 0, 0, 30, 0);
        FragmentHeader fill = seam(replica(fragment(2, 0, 12, 6, 0)));
        assertThat(build(0, 60, List.of(longer, fill)).timeline().spans())
                .containsExactly(
                        new Span(at(0), at(12), 12, Origin.PRIMARY),
                        new Span(at(12), at(18), 6, Origin.REPLICA),
                        new Span(at(18), at(30), 12, Origin.PRIMARY));
    }

    @Test
    void aDamagedSeamDoesNotCutOffWhatIsWhole() throws IOException {
        FragmentHeader whole = fragment(1, 0, 0, 20, 0);
        FragmentHeader fill = damaged(seam(replica(fragment(2, 0, 12, 20, 0))));
        assertThat(build(0, 60, List.of(whole, fill)).timeline().spans())
                .containsExactly(
                        new Span(at(0), at(20), 20, Origin.PRIMARY),
                        new Span(at(20), at(32), 12, Origin.REPLICA));
    }
}
