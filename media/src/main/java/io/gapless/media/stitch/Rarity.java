package io.gapless.media.stitch;

import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How well a digest tells a place. A black picture has the same digest in every group of pictures;
 * then only the clocks can tell one from the next, if they are off by less than half of what lies
 * between two.
 */
final class Rarity {
    /** Among fewer whole fragments what is there once may still be what comes again and again. */
    private static final int ENOUGH = 6;

    private static final int ENOUGH_MOVING = 4;

    /** Clocks that agree at all agree within this. */
    private static final long CLOCKS_TICKS90K = MediaTime.TICKS_PER_SECOND / 2;

    private static final long NEVER_AGAIN = Long.MAX_VALUE;

    private final Map<Digest, Long> spacing = new HashMap<>();
    private final boolean tells;
    private final boolean moves;

    Rarity(List<Run> primary, List<Run> offered) {
        measure(primary.stream().flatMap(run -> run.fragments().stream()).toList());
        offered.forEach(run -> measure(run.fragments()));
        tells = whole(primary) >= ENOUGH && whole(offered) >= ENOUGH;
        moves = Math.max(whole(primary), whole(offered)) >= ENOUGH_MOVING && spacing.isEmpty();
    }

    static long whole(List<Run> runs) {
        return runs.stream()
                .flatMap(run -> run.fragments().stream())
                .filter(fragment -> !fragment.damaged())
                .count();
    }

    private void measure(List<FragmentHeader> fragments) {
        Map<Digest, Long> last = new HashMap<>();
        for (FragmentHeader fragment : fragments) {
            if (fragment.damaged()) {
                continue;
            }
            long start = fragment.start().ticks90k();
            Long before = last.put(fragment.digest(), start);
            if (before != null) {
                spacing.merge(fragment.digest(), Math.abs(start - before), Math::min);
            }
        }
    }

    /** Ticks to the same digest again on the same side, at least. */
    long spacingTicks90k(Digest digest) {
        return spacing.getOrDefault(digest, NEVER_AGAIN);
    }

    /** Ticks to the beginning of another group of pictures that looks the same, at least. */
    long spacingOfBeginningsTicks90k() {
        return spacing.values().stream()
                .min(Long::compare)
                .orElse(moves ? NEVER_AGAIN : 2 * CLOCKS_TICKS90K);
    }

    /** Whether the digest proves a place, whatever the clocks say. */
    boolean isDistinctive(Digest digest) {
        return tells && !spacing.containsKey(digest);
    }
}
