package io.gapless.media;

import java.util.Arrays;
import java.util.List;

/**
 * The times of a fragment's frames. RTP carries presentation times only (RFC 6184 section 5.1); the
 * decoding times are the same numbers in order, so that pictures not reordered have both alike.
 *
 * <p>Times that repeat, or lie before the end of the fragment before, which only a faulty camera
 * sends, are moved on by as little as makes them distinct.
 */
final class FrameTimes {
    private static final int INDEX_BITS = 24;

    private final long[] decoding;
    private final int[] compositionOffsets;

    /**
     * @param frames in decoding order, at least one, at most 2^24, at most some hours apart
     * @param notBeforeTicks90k the end of the fragment before
     */
    FrameTimes(List<Frame> frames, long notBeforeTicks90k) {
        long base = frames.stream().mapToLong(Frame::presentationTicks90k).min().orElseThrow();
        long[] order = new long[frames.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = (frames.get(i).presentationTicks90k() - base) << INDEX_BITS | i;
        }
        Arrays.sort(order);
        decoding = new long[order.length];
        long[] presentation = new long[order.length];
        long earliest = notBeforeTicks90k;
        for (int rank = 0; rank < order.length; rank++) {
            decoding[rank] = Math.max(base + (order[rank] >> INDEX_BITS), earliest);
            presentation[(int) (order[rank] & ((1 << INDEX_BITS) - 1))] = decoding[rank];
            earliest = decoding[rank] + 1;
        }
        compositionOffsets = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            compositionOffsets[i] = Math.toIntExact(presentation[i] - decoding[i]);
        }
    }

    long start() {
        return decoding[0];
    }

    /** Presentation time of the last frame shown. */
    long last() {
        return decoding[decoding.length - 1];
    }

    /** The median of the time from frame to frame, or {@code otherwise} for a single frame. */
    long usualDuration(long otherwise) {
        if (decoding.length == 1) {
            return otherwise;
        }
        long[] steps = new long[decoding.length - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = decoding[i + 1] - decoding[i];
        }
        Arrays.sort(steps);
        return steps[steps.length / 2];
    }

    SampleTable table(List<Frame> frames, long end) {
        int[] durations = new int[decoding.length];
        for (int i = 0; i < durations.length; i++) {
            long next = i + 1 < decoding.length ? decoding[i + 1] : end;
            durations[i] = Math.toIntExact(next - decoding[i]);
        }
        boolean[] keys = new boolean[decoding.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = frames.get(i).key();
        }
        return new SampleTable(
                frames.stream().mapToInt(Frame::sizeBytes).toArray(),
                durations,
                compositionOffsets,
                keys);
    }
}
