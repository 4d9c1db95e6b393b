package io.gapless.job.cli;

/**
 * One camera's row of the live table, as the job's metrics tell it.
 *
 * @param lastFrameAgeMillis negative if no frame has come yet
 * @param openGapSeconds 0 while live
 */
record CameraStatus(
        String camera,
        long receivedBytes,
        long frames,
        long lastFrameAgeMillis,
        long reconnects,
        long lostPackets,
        long openGapSeconds) {}
