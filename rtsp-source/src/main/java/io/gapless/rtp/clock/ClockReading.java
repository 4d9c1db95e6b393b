package io.gapless.rtp.clock;

import static java.util.Objects.requireNonNull;

import io.gapless.media.MediaTime;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A session's clock for metrics and logs.
 *
 * @param cameraOffsetTicks90k the camera's clock minus ours (C − L), in 1/90000 s; empty without a
 *     plausible sender report
 * @param driftPpm how much faster the camera's RTP clock runs than ours, in millionths; empty until
 *     two minutes have been measured
 * @param trust what the sender reports are worth
 * @param timelineJumps how often a track's time had to be anchored anew within the session
 */
public record ClockReading(
        OptionalLong cameraOffsetTicks90k,
        OptionalDouble driftPpm,
        SenderReportTrust trust,
        long timelineJumps) {
    /** Of a camera that has not been heard. */
    public static final ClockReading NOTHING =
            new ClockReading(
                    OptionalLong.empty(), OptionalDouble.empty(), SenderReportTrust.NONE, 0);

    public ClockReading {
        requireNonNull(cameraOffsetTicks90k, "cameraOffsetTicks90k is null");
        requireNonNull(driftPpm, "driftPpm is null");
        requireNonNull(trust, "trust is null");
    }

    /** {@link #cameraOffsetTicks90k} in seconds. */
    public OptionalDouble cameraOffsetSeconds() {
        return cameraOffsetTicks90k.isPresent()
                ? OptionalDouble.of(
                        cameraOffsetTicks90k.getAsLong() / (double) MediaTime.TICKS_PER_SECOND)
                : OptionalDouble.empty();
    }
}
