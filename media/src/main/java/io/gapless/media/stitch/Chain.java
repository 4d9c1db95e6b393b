package io.gapless.media.stitch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A stretch of a group's whole fragments without a break, by the group's clock in ticks.
 *
 * @param frameTicks90k how long a frame lasts
 */
record Chain(long from, long to, long frameTicks90k) {
    interface Which {
        boolean test(Run run, int index);
    }

    /** In order. */
    static List<Chain> of(GroupTimes group, Which which) {
        List<Chain> links = new ArrayList<>();
        for (Run run : group.runs()) {
            for (int i = 0; i < run.size(); i++) {
                if (which.test(run, i)) {
                    links.add(
                            new Chain(
                                    group.time(run.startCut(i)),
                                    group.time(run.endCut(i)),
                                    run.frame(i)));
                }
            }
        }
        links.sort(Comparator.comparing(Chain::from));
        List<Chain> chains = new ArrayList<>();
        for (Chain link : links) {
            int last = chains.size() - 1;
            if (last >= 0 && link.from <= chains.get(last).to) {
                chains.set(last, chains.get(last).with(link));
            } else {
                chains.add(link);
            }
        }
        return chains;
    }

    private Chain with(Chain link) {
        return new Chain(from, Math.max(to, link.to), Math.min(frameTicks90k, link.frameTicks90k));
    }

    boolean holds(long start, long end) {
        return from <= start && end <= to;
    }

    /**
     * Where it begins if it begins after {@code end}, where something else does. Where both clocks
     * agree to half a frame nothing is missing between the two; where it would begin much before,
     * nobody knows what is: a frame at the least is to remain as a gap.
     */
    long after(long end, long natural) {
        return beside(natural - end, end, 1, natural);
    }

    /** Where it ends if it ends before {@code start}, where something else does. */
    long before(long start, long natural) {
        return beside(start - natural, start, -1, natural);
    }

    private long beside(long distance, long border, int direction, long natural) {
        if (2 * distance > frameTicks90k) {
            return natural;
        }
        return distance >= -frameTicks90k ? border : border + direction * frameTicks90k;
    }
}
