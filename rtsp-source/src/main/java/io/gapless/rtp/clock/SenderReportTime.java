package io.gapless.rtp.clock;

/**
 * The time pair of an RTCP sender report: the same moment on the camera's wall clock and in the
 * track's RTP time (RFC 3550 section 6.4.1). The caller has checked that the report's SSRC is the
 * track's.
 *
 * @param ntpTimestamp NTP time stamp as received: upper 32 bits seconds since 1900 modulo 2³²,
 *     lower 32 bits the fraction
 * @param rtpTimestamp RTP time stamp as received, in the track's clock rate
 */
public record SenderReportTime(long ntpTimestamp, int rtpTimestamp) {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
    private static final long ERA_SECONDS = 1L << 32;
    private static final long FRACTION = 0xFFFF_FFFFL;

    /** UTC in 1/90000 s since 1970, in the NTP era nearest to {@code nowTicks} (RFC 5905, 6). */
    long utcTicks(long nowTicks) {
        long now = Math.floorDiv(nowTicks, Ticks.SECOND);
        long seconds = (ntpTimestamp >>> 32) - SECONDS_1900_TO_1970;
        long eras = Math.floorDiv(now - seconds + ERA_SECONDS / 2, ERA_SECONDS);
        long fraction = ((ntpTimestamp & FRACTION) * Ticks.SECOND) >>> 32;
        return (seconds + eras * ERA_SECONDS) * Ticks.SECOND + fraction;
    }
}
