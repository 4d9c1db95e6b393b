package io.gapless.backfill;

import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.media.stitch.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Decides what no ring can ever give, and which stretches to note as lost. Pure. */
final class LostJudge {
    /**
     * A ring that holds later video of a camera gets nothing earlier any more. And where clocks
     * step from session to session, what it has is only recognized by several groups of pictures of
     * what follows: lost is for good, so they are waited for.
     */
    private static final Duration LATER = Duration.ofSeconds(20);

    /** Nor does one that has had so long: no fragment is longer. */
    private static final Duration LONG_AGO = Duration.ofMinutes(10);

    private LostJudge() {}

    /**
     * Whether {@code part}, for which no offer was of use, will never be filled. As long as a ring
     * holds a whole fragment of that very time it may be: lost is for good.
     */
    static boolean isLost(TimeRange part, RingAnswers answers, MediaTime now) {
        boolean all = answers.silent() == 0 && !answers.newest().isEmpty();
        boolean doubted = answers.distrusted().stream().anyMatch(part::overlaps);
        MediaTime later = part.to().plusTicks(MediaTime.ticks(LATER));
        boolean longAgo = !now.isBefore(part.to().plusTicks(MediaTime.ticks(LONG_AGO)));
        boolean held =
                answers.offers().stream()
                        .map(Offer::header)
                        .anyMatch(header -> !header.damaged() && isInside(header.range(), part));
        return all
                && !doubted
                && !held
                && answers.newest().stream()
                        .allMatch(n -> longAgo || n.filter(e -> !e.isBefore(later)).isPresent());
    }

    private static boolean isInside(TimeRange inner, TimeRange outer) {
        return !inner.from().isBefore(outer.from()) && !inner.to().isAfter(outer.to());
    }

    /**
     * Joins lost parts to stretches, for one note each: whatever lies between two of them is
     * recorded, or lost as well.
     *
     * @param lost in any order
     * @param open what may still be filled
     */
    static List<TimeRange> stretches(List<TimeRange> lost, List<TimeRange> open) {
        List<TimeRange> stretches = new ArrayList<>();
        Ranges parts = new Ranges();
        lost.forEach(parts::add);
        for (TimeRange part : parts.ranges()) {
            int last = stretches.size() - 1;
            if (last >= 0 && isJoined(stretches.get(last), part, open)) {
                stretches.set(last, new TimeRange(stretches.get(last).from(), part.to()));
            } else {
                stretches.add(part);
            }
        }
        return stretches;
    }

    private static boolean isJoined(TimeRange before, TimeRange next, List<TimeRange> open) {
        TimeRange between = new TimeRange(before.to(), next.from());
        return open.stream().noneMatch(between::overlaps);
    }
}
