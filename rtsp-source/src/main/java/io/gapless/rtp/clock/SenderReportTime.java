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
public record SenderReportTime(long ntpTimestamp, int rtpTimestamp) {}
