package io.gapless.rtsp;

/**
 * So much at once, and so much more with time, up to that again (a token bucket). Owned by one
 * thread.
 */
final class Allowance {
    private static final double NANOS_PER_MINUTE = 60e9;

    private final double most;
    private final double perNano;
    private double left;
    private long updatedNanos;

    /**
     * @param atOnce at least 1
     * @param perMinute at least 1
     */
    Allowance(long atOnce, long perMinute, long nowNanos) {
        if (atOnce < 1 || perMinute < 1) {
            throw new IllegalArgumentException(
                    "an allowance of %d at once and %d a minute".formatted(atOnce, perMinute));
        }
        most = atOnce;
        perNano = perMinute / NANOS_PER_MINUTE;
        left = atOnce;
        updatedNanos = nowNanos;
    }

    /** Takes {@code count}; false, and nothing taken, if that is more than there is. */
    boolean take(long count, long nowNanos) {
        left = Math.min(most, left + perNano * (nowNanos - updatedNanos));
        updatedNanos = nowNanos;
        boolean enough = count <= left;
        if (enough) {
            left -= count;
        }
        return enough;
    }
}
