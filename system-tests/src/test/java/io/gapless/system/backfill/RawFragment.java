package io.gapless.system.backfill;

import java.util.List;
import java.util.UUID;

/**
 * A fragment as it stands in a file, by its {@code uuid} box and by what FFmpeg finds in it.
 *
 * @param digest hexadecimal
 * @param replica whether a replica recorded it
 * @param frames its video in the order of the file
 */
public record RawFragment(
        UUID run,
        long sequence,
        long startTicks90k,
        long durationTicks90k,
        String digest,
        boolean damaged,
        boolean seam,
        boolean replica,
        List<RawFrame> frames) {
    /**
     * A frame with what the camera planted in it.
     *
     * @param counter counts frames in the order they were sent
     * @param captureMicros microseconds since 1970 by the camera's true clock
     */
    public record RawFrame(long counter, long captureMicros, long ticks90k) {}

    public long endTicks90k() {
        return startTicks90k + durationTicks90k;
    }

    public long frameTicks90k() {
        return durationTicks90k / Math.max(1, frames.size());
    }
}
