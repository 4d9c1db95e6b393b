package io.gapless.backfill;

import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A set of instants, as ranges that neither overlap nor touch. One thread at a time. */
final class Ranges {
    private final TreeMap<MediaTime, MediaTime> endByStart = new TreeMap<>();

    void add(TimeRange range) {
        MediaTime from = range.from();
        MediaTime to = range.to();
        Map.Entry<MediaTime, MediaTime> at = endByStart.floorEntry(to);
        while (at != null && !at.getValue().isBefore(from)) {
            from = MediaTime.min(from, at.getKey());
            to = MediaTime.max(to, at.getValue());
            endByStart.remove(at.getKey());
            at = endByStart.floorEntry(to);
        }
        if (from.isBefore(to)) {
            endByStart.put(from, to);
        }
    }

    /** The parts of {@code range} that are not in this set. */
    List<TimeRange> missingOf(TimeRange range) {
        List<TimeRange> missing = new ArrayList<>();
        MediaTime at = range.from();
        Map.Entry<MediaTime, MediaTime> before = endByStart.floorEntry(at);
        if (before != null) {
            at = MediaTime.max(at, before.getValue());
        }
        while (at.isBefore(range.to())) {
            Map.Entry<MediaTime, MediaTime> next = endByStart.ceilingEntry(at);
            MediaTime to = next == null ? range.to() : MediaTime.min(next.getKey(), range.to());
            if (at.isBefore(to)) {
                missing.add(new TimeRange(at, to));
            }
            at = next == null ? range.to() : next.getValue();
        }
        return missing;
    }

    void forgetBefore(MediaTime oldest) {
        endByStart.values().removeIf(end -> end.isBefore(oldest));
    }

    boolean isEmpty() {
        return endByStart.isEmpty();
    }

    void clear() {
        endByStart.clear();
    }

    List<TimeRange> ranges() {
        return endByStart.entrySet().stream()
                .map(entry -> new TimeRange(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** What both ranges have; empty if nothing. */
    static Optional<TimeRange> common(TimeRange a, TimeRange b) {
        MediaTime from = MediaTime.max(a.from(), b.from());
        MediaTime to = MediaTime.min(a.to(), b.to());
        return from.isBefore(to) ? Optional.of(new TimeRange(from, to)) : Optional.empty();
    }

    static TimeRange widened(TimeRange range, long ticks) {
        return new TimeRange(range.from().plusTicks(-ticks), range.to().plusTicks(ticks));
    }
}
