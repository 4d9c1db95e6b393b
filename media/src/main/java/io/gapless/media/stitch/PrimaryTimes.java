package io.gapless.media.stitch;

import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The primary's timeline: when its cuts are, and where it shows whole fragments. */
final class PrimaryTimes {
    /** By no more do the clocks of two sessions of a recorder differ: docs/design/time.md. */
    private static final long JUMP_TICKS90K = 5L * MediaTime.TICKS_PER_SECOND;

    private final Map<Integer, Long> times = new HashMap<>();
    private final Set<Integer> starts = new HashSet<>();
    private final Set<Integer> placedByPictures = new HashSet<>();
    private final TreeMap<Long, FragmentHeader> whole = new TreeMap<>();

    PrimaryTimes(List<Run> runs) {
        runs.forEach(this::addStarts);
        runs.forEach(this::addEnds);
        runs.forEach(this::addPlacedByPictures);
    }

    private void addStarts(Run run) {
        for (int i = 0; i < run.size(); i++) {
            times.putIfAbsent(run.startCut(i), run.start(i));
            starts.add(run.startCut(i));
            if (!run.fragment(i).damaged()) {
                whole.put(run.start(i), run.fragment(i));
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
        return Optional.ofNullable(whole.lowerEntry(time)).map(e -> e.getValue().end().ticks90k());
    }

    /** How far to move what lies between two whole fragments and reaches into one of them. */
    long intoRoom(long from, long to) {
        Map.Entry<Long, FragmentHeader> before = whole.floorEntry((from + to) / 2);
        Long after = whole.higherKey((from + to) / 2);
        long earliest = before == null ? from : before.getValue().end().ticks90k();
        long latest = (after == null ? Math.max(to, earliest + to - from) : after) - (to - from);
        return latest < earliest
                ? (earliest + latest) / 2 - from
                : Math.min(Math.max(from, earliest), latest) - from;
    }

    /** Whether no whole fragment of a later session can hold a frame that lies here. */
    boolean isFreeAfter(long time) {
        return nextWhole(time).map(next -> next > time + JUMP_TICKS90K).orElse(true);
    }
}
