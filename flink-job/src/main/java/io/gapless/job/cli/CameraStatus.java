package io.gapless.job.cli;

/**
 * One camera's row of the live table, as the job's metrics tell it.
 *
 * @param open gap length in seconds; 0 while live
 */
record CameraStatus(
        String camera,
        long receivedBytes,
        long frames,
        long lastFrameAgeMillis,
        long reconnects,
        long lostPackets,
        long openGapSeconds) {}
