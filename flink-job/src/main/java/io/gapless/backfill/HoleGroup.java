package io.gapless.backfill;

import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.media.stitch.Hole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Holes for which the rings are asked once. Holes that touch are never torn apart, however long
 * they are: only both ends of an outage together say where in time its video belongs.
 */
record HoleGroup(List<Hole> holes) {
    /**
     * What is looked at on both sides of a hole: enough GOPs to find out how the clocks of both
     * sides differ, even where digests repeat.
     */
    static final Duration MARGIN = Duration.ofSeconds(60);

    private static final Duration LONGEST = Duration.ofMinutes(10);

    HoleGroup {
        holes = List.copyOf(holes);
    }

    /** From the first to the last hole. */
    TimeRange range() {
        return new TimeRange(holes.get(0).range().from(), holes.get(holes.size() - 1).range().to());
    }

    TimeRange withMargin() {
        return Ranges.widened(range(), MediaTime.ticks(MARGIN));
    }

    /**
     * @param holes in order of time
     */
    static List<HoleGroup> of(List<Hole> holes) {
        List<HoleGroup> groups = new ArrayList<>();
        List<Hole> group = new ArrayList<>();
        for (Hole hole : holes) {
            if (!group.isEmpty() && !belongs(group, hole)) {
                groups.add(new HoleGroup(group));
                group.clear();
            }
            group.add(hole);
        }
        if (!group.isEmpty()) {
            groups.add(new HoleGroup(group));
        }
        return groups;
    }

    private static boolean belongs(List<Hole> group, Hole next) {
        MediaTime first = group.get(0).range().from();
        MediaTime last = group.get(group.size() - 1).range().to();
        long between = next.range().from().ticksSince(last);
        return between <= 0
                || (between <= MediaTime.ticks(MARGIN)
                        && next.range().to().ticksSince(first) <= MediaTime.ticks(LONGEST));
    }
}
