package io.gapless.media.stitch;

import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The primary's timeline: when its cuts are, and where it shows whole fragments. */
final class PrimaryTimes {
    /** By so much the clocks of two sessions of a recorder may differ where all goes well. */
    static final long USUAL_JUMP_TICKS90K = MediaTime.TICKS_PER_SECOND / 2;

    /** By no more do they ever differ: docs/design/time.md. */
    static final long JUMP_TICKS90K = 5L * MediaTime.TICKS_PER_SECOND;

    private final Map<Integer, Long> times = new HashMap<>();
    private final Set<Integer> starts = new HashSet<>();
    private final Set<Integer> placedByPictures = new HashSet<>();

    /** Ends by starts. */
    private final TreeMap<Long, Long> whole = new TreeMap<>();

    private final List<Run> runs;

    PrimaryTimes(List<Run> runs) {
        this.runs = runs;
        runs.forEach(this::addStarts);
        runs.forEach(this::addEnds);
        runs.forEach(this::addPlacedByPictures);
    }

    private void addStarts(Run run) {
        for (int i = 0; i < run.size(); i++) {
            times.putIfAbsent(run.startCut(i), run.start(i));
            starts.add(run.startCut(i));
            if (!run.fragment(i).damaged()) {
                whole.merge(run.start(i), run.end(i), Math::max);
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
     * Where there is room for what has no moment in common with what is shown: where it lies by
     * clock for the most part, moved as little as possible, and squeezed if it is a little too
     * long.
     *
     * @param natural to where it lies by clock
     * @param mostMoved by how much more than a frame it may lie elsewhere than by clock
     */
    Optional<TimeMap> room(Chain chain, TimeMap natural, long mostMoved) {
        long moved = mostMoved + chain.frameTicks90k();
        long from = natural.at(chain.from());
        long to = natural.at(chain.to());
        long low = Long.MIN_VALUE / 2;
        long most = 0;
        Optional<TimeMap> best = Optional.empty();
        for (Map.Entry<Long, Long> next : obstacles().entrySet()) {
            long inside = Math.min(to, next.getKey()) - Math.max(from, low);
            if (inside > most) {
                most = inside;
                best =
                        fit(chain, from, to, low, next.getKey())
                                .filter(
                                        map ->
                                                Math.abs(map.at(chain.from()) - from) <= moved
                                                        && Math.abs(map.at(chain.to()) - to)
                                                                <= moved);
            }
            low = Math.max(low, next.getValue());
        }
        return best;
    }

    /** Ends by starts, and one that never begins. */
    private NavigableMap<Long, Long> obstacles() {
        TreeMap<Long, Long> obstacles = new TreeMap<>(whole);
        obstacles.put(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2);
        return obstacles;
    }

    private static Optional<TimeMap> fit(Chain chain, long from, long to, long low, long high) {
        long start = chain.after(low, from);
        long end = chain.before(high, to);
        if (start > from && end == to) {
            end = chain.before(high, to + start - from);
        } else if (end < to && start == from) {
            start = chain.after(low, from + end - to);
        }
        long lacking = to - from - (end - start);
        return lacking > Math.min(JUMP_TICKS90K, (to - from) / 2)
                ? Optional.empty()
                : Optional.of(new TimeMap(Map.of(chain.from(), start, chain.to(), end)));
    }

    /**
     * Whether nothing damaged is shown near there of runs that share no cut with {@code known}: it
     * may lack what would tell that it is the same.
     */
    boolean isClearOfDamaged(long from, long to, Set<Integer> known) {
        return runs.stream()
                .filter(run -> !run.hasCutOf(known))
                .flatMap(run -> run.fragments().stream())
                .filter(FragmentHeader::damaged)
                .noneMatch(
                        f ->
                                f.start().ticks90k() < to + USUAL_JUMP_TICKS90K
                                        && f.end().ticks90k() > from - USUAL_JUMP_TICKS90K);
    }

    /**
     * Whether no fragment but those that start at {@code known} cuts can begin with a frame that
     * lies at {@code from} by another clock. Nor may one start where by clock that ends: they need
     * not be neighbours.
     */
    boolean isFreeAround(long from, Set<Integer> known) {
        return starts.stream()
                .filter(cut -> !known.contains(cut))
                .map(times::get)
                .noneMatch(start -> Math.abs(start - from) <= JUMP_TICKS90K);
    }
}
