package io.gapless.media.stitch;

import java.util.Map;
import java.util.TreeMap;

/**
 * From the times of one clock to those of another: exact at the moments known in both, linear
 * between two of them, and beyond the first and the last as far off as there.
 */
final class TimeMap {
    private final TreeMap<Long, Long> anchors = new TreeMap<>();

    /**
     * @param known times of both clocks; where one runs backwards against the other, the earlier
     *     moments count
     */
    TimeMap(Map<Long, Long> known) {
        for (Map.Entry<Long, Long> anchor : new TreeMap<>(known).entrySet()) {
            if (anchors.isEmpty() || anchor.getValue() > anchors.lastEntry().getValue()) {
                anchors.put(anchor.getKey(), anchor.getValue());
            }
        }
    }

    static TimeMap shift(long ticks) {
        TreeMap<Long, Long> known = new TreeMap<>();
        known.put(0L, ticks);
        return new TimeMap(known);
    }

    long at(long time) {
        Map.Entry<Long, Long> before = anchors.floorEntry(time);
        Map.Entry<Long, Long> after = anchors.ceilingEntry(time);
        if (before == null || after == null) {
            Map.Entry<Long, Long> nearest = before == null ? after : before;
            return time - nearest.getKey() + nearest.getValue();
        }
        long span = after.getKey() - before.getKey();
        if (span == 0) {
            return before.getValue();
        }
        double part = (double) (time - before.getKey()) / span;
        return before.getValue() + Math.round(part * (after.getValue() - before.getValue()));
    }
}
