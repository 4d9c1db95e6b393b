package io.gapless.job.cli;

import java.util.Map;

/**
 * What one recorder's metrics tell of a camera.
 *
 * @param lastFrameAgeMillis negative if no frame has come yet
 * @param openGapSeconds 0 while live
 * @param openGaps in the archive, which are still to be filled
 * @param openSeconds all of them together
 */
record CameraStatus(
        long receivedBytes,
        long frames,
        long lastFrameAgeMillis,
        long reconnects,
        long lostPackets,
        long openGapSeconds,
        long openGaps,
        long openSeconds) {
    /**
     * @param values of metrics, by their names
     */
    static CameraStatus of(Map<String, Long> values) {
        return new CameraStatus(
                values.getOrDefault("receivedBytes", 0L),
                values.getOrDefault("frames", 0L),
                values.getOrDefault("lastFrameAgeMs", -1L),
                values.getOrDefault("reconnects", 0L),
                values.getOrDefault("lostPackets", 0L),
                values.getOrDefault("openGapSeconds", 0L),
                values.getOrDefault("openGaps", 0L),
                values.getOrDefault("openSeconds", 0L));
    }

    boolean hasFrame() {
        return lastFrameAgeMillis >= 0;
    }

    /** One word for people, or a few. */
    String state() {
        if (openGapSeconds > 0) {
            return "gap " + openGapSeconds + " s";
        }
        return hasFrame() ? "live" : "connecting";
    }
}
