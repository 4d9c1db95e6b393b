package io.gapless.system.backfill;

import io.gapless.media.timeline.Gap;
import io.gapless.media.timeline.Timeline;
import io.gapless.system.backfill.Judgement.Missing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the counters say, beside what the archive says of itself.
 *
 * @param declaredLost missing frames in gaps that are declared lost for good
 * @param declaredOpen missing frames in gaps that are to be filled
 * @param notDeclared missing frames that the archive does not know of: must never be
 * @param emptyGaps declared gaps in which nothing is missing
 */
public record Verdict(
        Judgement frames,
        long declaredLost,
        long declaredOpen,
        long notDeclared,
        List<Gap> emptyGaps) {
    public static Verdict of(Judgement judgement, Timeline timeline) {
        Count count = new Count(timeline.gaps());
        judgement.missing().forEach(count::add);
        return new Verdict(judgement, count.lost, count.open, count.unknown, count.emptyGaps);
    }

    /** Everything is there, once, and in its place. */
    public boolean isWhole() {
        return frames.isWhole() && frames.misplaced().isEmpty() && emptyGaps.isEmpty();
    }

    private static final class Count {
        private final List<Gap> gaps;
        private final List<Gap> emptyGaps;
        private long lost;
        private long open;
        private long unknown;

        Count(List<Gap> gaps) {
            this.gaps = gaps;
            this.emptyGaps = new ArrayList<>(gaps);
        }

        void add(Missing missing) {
            double frame =
                    (missing.toTicks90k() - missing.fromTicks90k()) / (missing.frames() + 1.0);
            for (int i = 1; i <= missing.frames(); i++) {
                count(missing.fromTicks90k() + i * frame, frame / 2);
            }
        }

        private void count(double ticks90k, double tolerance) {
            Optional<Gap> gap =
                    gaps.stream()
                            .filter(g -> ticks90k >= g.start().ticks90k() - tolerance)
                            .filter(g -> ticks90k < g.end().ticks90k() + tolerance)
                            .findFirst();
            gap.ifPresent(emptyGaps::remove);
            if (gap.isEmpty()) {
                unknown++;
            } else if (gap.get().state() == Gap.State.LOST) {
                lost++;
            } else {
                open++;
            }
        }
    }
}
