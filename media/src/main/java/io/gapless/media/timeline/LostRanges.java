package io.gapless.media.timeline;

import io.gapless.media.GapCause;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The stretches of a timeline in which what is missing is lost for good. */
final class LostRanges {
    private final List<TimeRange> merged = new ArrayList<>();

    /**
     * @param ranges in any order; may overlap
     */
    LostRanges(List<TimeRange> ranges) {
        ranges.stream().sorted(Comparator.comparing(TimeRange::from)).forEach(this::merge);
    }

    private void merge(TimeRange range) {
        int last = merged.size() - 1;
        if (last >= 0 && !range.from().isAfter(merged.get(last).to())) {
            TimeRange before = merged.get(last);
            MediaTime to = MediaTime.max(before.to(), range.to());
            merged.set(last, new TimeRange(before.from(), to));
        } else {
            merged.add(range);
        }
    }

    /** A gap as its parts, lost ones and open ones in turn. */
    List<Gap> split(TimeRange gap, GapCause cause) {
        List<Gap> parts = new ArrayList<>();
        MediaTime at = gap.from();
        for (TimeRange range : merged) {
            if (range.overlaps(new TimeRange(at, gap.to()))) {
                MediaTime from = MediaTime.max(at, range.from());
                MediaTime to = MediaTime.min(gap.to(), range.to());
                add(parts, at, from, cause, Gap.State.OPEN);
                add(parts, from, to, cause, Gap.State.LOST);
                at = to;
            }
        }
        add(parts, at, gap.to(), cause, Gap.State.OPEN);
        return parts;
    }

    /** In order of time, those that overlap or touch made one. */
    List<TimeRange> ranges() {
        return List.copyOf(merged);
    }

    private static void add(
            List<Gap> parts, MediaTime from, MediaTime to, GapCause cause, Gap.State state) {
        if (from.isBefore(to)) {
            parts.add(new Gap(from, to, cause, state));
        }
    }
}
