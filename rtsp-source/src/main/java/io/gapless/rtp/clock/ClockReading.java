package io.gapless.rtp.clock;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * A session's clock for metrics and logs.
 *
 * @param cameraOffsetTicks90k the camera's clock minus ours (C − L), in 1/90000 s; empty without a
 *     plausible sender report
 * @param driftPpm how much faster the camera's RTP clock runs than ours, in millionths; 0 until two
 *     minutes have been measured
 * @param trust what the sender reports are worth
 * @param timelineJumps how often a track's time had to be anchored anew within the session
 */
public record ClockReading(
        OptionalLong cameraOffsetTicks90k,
        double driftPpm,
        SenderReportTrust trust,
        long timelineJumps) {
    public ClockReading {
        requireNonNull(cameraOffsetTicks90k, "cameraOffsetTicks90k is null");
        requireNonNull(trust, "trust is null");
    }
}
