package io.gapless.rtp.clock;

/** Spans of time in 1/90000 s, the unit of everything in this package behind the RTP rate. */
final class Ticks {
    static final long SECOND = 90_000;
    static final long MILLISECOND = 90;

    private Ticks() {}

    static long ofNanos(long nanos) {
        return Math.floorDiv(nanos * 9, 100_000L);
    }
}
