package io.gapless.rtsp;

import java.time.Duration;

/** Something to be done again and again. */
final class Deadline {
    private final long intervalNanos;
    private long nextNanos;

    Deadline(Duration interval, long nowNanos) {
        this.intervalNanos = interval.toNanos();
        this.nextNanos = nowNanos + intervalNanos;
    }

    /** Whether it is time; if so, the next time is an interval from now. */
    boolean isDue(long nowNanos) {
        if (nowNanos - nextNanos < 0) {
            return false;
        }
        nextNanos = nowNanos + intervalNanos;
        return true;
    }
}
