package io.gapless.media;

import java.time.Duration;
import java.time.Instant;

/**
 * A point of UTC in ticks of 1/90000 s since 1970-01-01T00:00:00Z, without leap seconds. 90 kHz is
 * the RTP clock of video (RFC 6184 section 8.2.1, RFC 7798 section 7.1), so video times are exact.
 */
public record MediaTime(long ticks90k) implements Comparable<MediaTime> {
    public static final int TICKS_PER_SECOND = 90_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** The tick at or before {@code instant}. */
    public static MediaTime of(Instant instant) {
        return new MediaTime(
                Math.addExact(
                        Math.multiplyExact(instant.getEpochSecond(), TICKS_PER_SECOND),
                        instant.getNano() * (long) TICKS_PER_SECOND / NANOS_PER_SECOND));
    }

    /** The instant of this tick, rounded up to the next nanosecond, so that {@link #of} inverts. */
    public Instant toInstant() {
        long second = Math.floorDiv(ticks90k, TICKS_PER_SECOND);
        long rest = Math.floorMod(ticks90k, (long) TICKS_PER_SECOND);
        return Instant.ofEpochSecond(
                second, (rest * NANOS_PER_SECOND + TICKS_PER_SECOND - 1) / TICKS_PER_SECOND);
    }

    public MediaTime plusTicks(long ticks) {
        return new MediaTime(Math.addExact(ticks90k, ticks));
    }

    /** Ticks from {@code earlier} to this time; negative if this time is the earlier one. */
    public long ticksSince(MediaTime earlier) {
        return Math.subtractExact(ticks90k, earlier.ticks90k);
    }

    public boolean isBefore(MediaTime other) {
        return ticks90k < other.ticks90k;
    }

    public boolean isAfter(MediaTime other) {
        return ticks90k > other.ticks90k;
    }

    public static MediaTime max(MediaTime a, MediaTime b) {
        return a.isBefore(b) ? b : a;
    }

    public static MediaTime min(MediaTime a, MediaTime b) {
        return b.isBefore(a) ? b : a;
    }

    /** {@code duration} in ticks, rounded down. */
    public static long ticks(Duration duration) {
        return Math.addExact(
                Math.multiplyExact(duration.getSeconds(), TICKS_PER_SECOND),
                duration.getNano() * (long) TICKS_PER_SECOND / NANOS_PER_SECOND);
    }

    /** {@code ticks} as a duration, rounded to the nearest nanosecond. */
    public static Duration duration(long ticks) {
        long second = Math.floorDiv(ticks, TICKS_PER_SECOND);
        long rest = Math.floorMod(ticks, (long) TICKS_PER_SECOND);
        return Duration.ofSeconds(
                second, (rest * NANOS_PER_SECOND + TICKS_PER_SECOND / 2) / TICKS_PER_SECOND);
    }

    @Override
    public int compareTo(MediaTime other) {
        return Long.compare(ticks90k, other.ticks90k);
    }

    @Override
    public String toString() {
        return toInstant().toString();
    }
}
