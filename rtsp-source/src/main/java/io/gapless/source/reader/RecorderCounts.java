package io.gapless.source.reader;

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
        OptionalLong lastFrameNanos) {
    public static final RecorderCounts NONE = new RecorderCounts(0, 0, 0, 0, OptionalLong.empty());
}
