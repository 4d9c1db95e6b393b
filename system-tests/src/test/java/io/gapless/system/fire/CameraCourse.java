package io.gapless.system.fire;

import io.gapless.media.timeline.Gap;
import io.gapless.system.backfill.RawFragment;
import io.gapless.system.backfill.RawFragment.RawFrame;
import io.gapless.system.fire.Stretch.Fate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** What became of each frame of a camera, by counters alone and by the gaps that are declared. */
final class CameraCourse {
    private final TreeMap<Long, Long> takenMicros = new TreeMap<>();
    private final Set<Long> live = new HashSet<>();
    private final Set<Long> damaged = new HashSet<>();
    private final Set<Long> fetched = new HashSet<>();
    private final List<Gap> gaps;
    private final long first;
    private final long last;
    private final double stepMicros;

    /**
     * @param first counter
     * @param last counter, not inclusive
     */
    CameraCourse(Collection<RawFragment> fragments, List<Gap> gaps, long first, long last) {
        this.gaps = gaps;
        this.first = first;
        this.last = last;
        for (RawFragment fragment : fragments) {
            for (RawFrame frame : fragment.frames()) {
                takenMicros.put(frame.counter(), frame.captureMicros());
                if (fragment.replica()) {
                    fetched.add(frame.counter());
                } else {
                    (fragment.damaged() ? damaged : live).add(frame.counter());
                }
            }
        }
        this.stepMicros =
                (takenMicros.lastEntry().getValue() - takenMicros.firstEntry().getValue())
                        / (double) Math.max(1, takenMicros.lastKey() - takenMicros.firstKey());
    }

    /** All frames from the first to the last. */
    List<Stretch> stretches() {
        return alike(this::fate);
    }

    /** Where the primary's own recording has nothing, filled or not. */
    List<Stretch> liveGaps() {
        return alike(counter -> isLive(counter) ? Fate.LIVE : Fate.GAP).stream()
                .filter(stretch -> stretch.fate() != Fate.LIVE)
                .toList();
    }

    private boolean isLive(long counter) {
        return live.contains(counter) || damaged.contains(counter);
    }

    private Fate fate(long counter) {
        if (live.contains(counter)) {
            return Fate.LIVE;
        }
        if (fetched.contains(counter)) {
            return Fate.BACKFILLED;
        }
        if (damaged.contains(counter)) {
            return Fate.LIVE;
        }
        Instant taken = taken(counter);
        return gaps.stream()
                .filter(gap -> !taken.isBefore(gap.start().toInstant().minusMillis(100)))
                .filter(gap -> taken.isBefore(gap.end().toInstant().plusMillis(100)))
                .map(gap -> gap.state() == Gap.State.LOST ? Fate.LOST : Fate.GAP)
                .findFirst()
                .orElse(Fate.UNDECLARED);
    }

    /** Frames that are missing were taken as regularly as the others. */
    private Instant taken(long counter) {
        Map.Entry<Long, Long> near = takenMicros.floorEntry(counter);
        if (near == null) {
            near = takenMicros.firstEntry();
        }
        long micros = near.getValue() + Math.round((counter - near.getKey()) * stepMicros);
        return Instant.EPOCH.plusNanos(micros * 1000);
    }

    private List<Stretch> alike(LongFunction<Fate> fates) {
        List<Stretch> stretches = new ArrayList<>();
        long from = first;
        for (long counter = first + 1; counter <= last; counter++) {
            if (counter == last || fates.apply(counter) != fates.apply(from)) {
                stretches.add(
                        new Stretch(
                                fates.apply(from), counter - from, taken(from), taken(counter)));
                from = counter;
            }
        }
        return stretches;
    }
}
