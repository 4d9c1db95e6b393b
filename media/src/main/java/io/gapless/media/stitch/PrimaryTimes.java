package io.gapless.media.stitch;

import io.gapless.media.MediaTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The primary's timeline: when its cuts are, and where it shows whole fragments. */
final class PrimaryTimes {
    /** By no more do the clocks of two sessions of a recorder differ: docs/design/time.md. */
    private static final long JUMP_TICKS90K = 5L * MediaTime.TICKS_PER_SECOND;

    private final Map<Integer, Long> times = new HashMap<>();
    private final Set<Integer> starts = new HashSet<>();
    private final Set<Integer> placedByPictures = new HashSet<>();

    /** Ends by starts. */
    private final TreeMap<Long, Long> whole = new TreeMap<>();

    private final TreeSet<Long> all = new TreeSet<>();

    PrimaryTimes(List<Run> runs) {
        runs.forEach(this::addStarts);
        runs.forEach(this::addEnds);
        runs.forEach(this::addPlacedByPictures);
    }

    private void addStarts(Run run) {
        for (int i = 0; i < run.size(); i++) {
            times.putIfAbsent(run.startCut(i), run.start(i));
            starts.add(run.startCut(i));
            all.add(run.start(i));
            if (!run.fragment(i).damaged()) {
                whole.put(run.start(i), run.end(i));
            }
        }
    }

    private void addEnds(Run run) {
        for (int i = 0; i < run.size(); i++) {
            times.putIfAbsent(run.endCut(i), run.end(i));
        }
    }

    /** From a seam on an earlier fill was placed by time alone, and proves nothing. */
    private void addPlacedByPictures(Run run) {
        boolean byTime = false;
        for (int i = 0; i < run.size(); i++) {
            byTime = run.fragment(i).seam() || (byTime && run.follows(i));
            if (!byTime) {
                placedByPictures.add(run.startCut(i));
                placedByPictures.add(run.endCut(i));
            }
        }
    }

    /** Time of a cut by which others may be placed. */
    Optional<Long> anchorAt(int cut) {
        return placedByPictures.contains(cut) ? at(cut) : Optional.empty();
    }

    /** From now on something whole is known to be there. */
    void occupy(long from, long to) {
        whole.merge(from, to, Math::max);
    }

    Optional<Long> at(int cut) {
        return Optional.ofNullable(times.get(cut));
    }

    /** Whether a fragment starts with the frame after the cut. */
    boolean startsAt(int cut) {
        return starts.contains(cut);
    }

    /** Start of the first whole fragment that starts after {@code time}. */
    Optional<Long> nextWhole(long time) {
        return Optional.ofNullable(whole.higherKey(time));
    }

    /** End of the last whole fragment that starts before {@code time}. */
    Optional<Long> wholeBefore(long time) {
        return Optional.ofNullable(whole.lowerEntry(time)).map(Map.Entry::getValue);
    }

    /**
     * From times of another clock, between {@code from} and {@code to}, to where nothing whole is:
     * moved as little as possible, and squeezed if it is a little too long.
     */
    Optional<TimeMap> intoRoom(long from, long to, long shift) {
        long middle = (from + to) / 2 + shift;
        Map.Entry<Long, Long> before = whole.floorEntry(middle);
        Long after = whole.higherKey(middle);
        long earliest = before == null ? from + shift : before.getValue();
        long latest = after == null ? Math.max(to + shift, earliest + to - from) : after;
        long lacking = to - from - (latest - earliest);
        if (lacking > Math.min(JUMP_TICKS90K, (to - from) / 2)) {
            return Optional.empty();
        }
        if (lacking > 0) {
            return Optional.of(new TimeMap(Map.of(from, earliest, to, latest)));
        }
        long start = Math.min(Math.max(from + shift, earliest), latest - (to - from));
        return Optional.of(TimeMap.shift(start - from));
    }

    /** Whether no fragment of a later session can hold a frame that lies here. */
    boolean isFreeAfter(long time) {
        Long next = all.higher(time);
        return next == null || next > time + JUMP_TICKS90K;
    }
}
