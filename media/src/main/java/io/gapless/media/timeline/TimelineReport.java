package io.gapless.media.timeline;

import static java.util.Objects.requireNonNull;

import io.gapless.media.TimeRange;
import java.util.List;

/**
 * A timeline with the fragments it is made of.
 *
 * @param fragments in order of presentation: each frame of the range exactly once
 * @param undeclaredGaps those gaps of the timeline that nothing in the archive declares: a fault of
 *     the recorder, or an archive with something taken out
 * @param duplicates what the archive holds more than once
 * @param lost where what is missing is lost for good, in order, without overlap
 */
public record TimelineReport<E>(
        Timeline timeline,
        List<Selected<E>> fragments,
        List<Gap> undeclaredGaps,
        List<Duplicate<E>> duplicates,
        List<TimeRange> lost) {
    public TimelineReport {
        requireNonNull(timeline, "timeline is null");
        fragments = List.copyOf(fragments);
        undeclaredGaps = List.copyOf(undeclaredGaps);
        duplicates = List.copyOf(duplicates);
        lost = List.copyOf(lost);
    }
}
