package io.gapless.source.reader;

import io.gapless.rtp.clock.ClockReading;
import java.util.OptionalLong;

/**
 * What a recorder has counted since it was made.
 *
 * @param lastFrameNanos when the last frame came, on the recorder's ticker
 */
public record RecorderCounts(
        long receivedBytes,
        long frames,
        long lostPackets,
        long reconnects,
        OptionalLong lastFrameNanos,
        ClockReading clock) {
    public static final RecorderCounts NONE =
            new RecorderCounts(0, 0, 0, 0, OptionalLong.empty(), ClockReading.NOTHING);
}
