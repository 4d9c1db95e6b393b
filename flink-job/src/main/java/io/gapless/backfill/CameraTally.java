package io.gapless.backfill;

import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.media.stitch.Hole;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;

/** What backfill has to say of a camera; written by backfill's threads, read by any. */
final class CameraTally {
    private volatile int openGaps;
    private volatile double openSeconds;
    private volatile int unreadRecordings;
    private final DoubleAdder lostSeconds = new DoubleAdder();

    void open(List<Hole> holes) {
        openGaps = holes.size();
        openSeconds = holes.stream().mapToDouble(hole -> seconds(hole.range())).sum();
    }

    void unread(int recordings) {
        unreadRecordings = recordings;
    }

    void lost(List<TimeRange> parts) {
        parts.forEach(part -> lostSeconds.add(seconds(part)));
    }

    /** Stretches of which something is missing and may still be had. */
    int openGaps() {
        return openGaps;
    }

    double openSeconds() {
        return openSeconds;
    }

    /** Recordings without which the gaps are looked for, as they cannot be read. */
    int unreadRecordings() {
        return unreadRecordings;
    }

    /** Given up since the task began. */
    double lostSeconds() {
        return lostSeconds.sum();
    }

    private static double seconds(TimeRange range) {
        return range.durationTicks90k() / (double) MediaTime.TICKS_PER_SECOND;
    }
}
