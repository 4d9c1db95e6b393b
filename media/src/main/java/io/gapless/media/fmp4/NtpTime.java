package io.gapless.media.fmp4;

import io.gapless.media.MediaTime;

/** The 64-bit NTP time stamp format (RFC 5905, section 6): seconds since 1900 in 32.32 bits. */
final class NtpTime {
    private static final long SECONDS_FROM_1900_TO_1970 = 2_208_988_800L;

    private NtpTime() {}

    /** Rounded to the nearest unit of 2^-32 s; wraps in 2036 as the format does. */
    static long of(MediaTime time) {
        long ticks = MediaTime.TICKS_PER_SECOND;
        long seconds = Math.floorDiv(time.ticks90k(), ticks) + SECONDS_FROM_1900_TO_1970;
        long fraction = ((Math.floorMod(time.ticks90k(), ticks) << 32) + ticks / 2) / ticks;
        return (seconds << 32) + fraction;
    }
}
