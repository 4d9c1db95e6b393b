package io.gapless.media;

import static java.util.Objects.requireNonNull;

/**
 * The access units of one track of a fragment in decoding order: parallel arrays of equal length,
 * owned by this table and not to be changed. Time scale: 90 kHz for video, the sample rate for
 * audio.
 *
 * @param sizesBytes of each access unit as stored
 * @param durations from each decoding time to the next; they sum to the track's part of the
 *     fragment
 * @param compositionOffsets presentation minus decoding time, negative where pictures are
 *     reordered; all 0 for audio and for video without B-frames
 * @param keyFrames whether decoding can start at this access unit
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; boxing thousands of sizes would cost
public record SampleTable(
        int[] sizesBytes, int[] durations, int[] compositionOffsets, boolean[] keyFrames) {
    public SampleTable {
        requireNonNull(sizesBytes, "sizesBytes is null");
        requireNonNull(durations, "durations is null");
        requireNonNull(compositionOffsets, "compositionOffsets is null");
        requireNonNull(keyFrames, "keyFrames is null");
        if (durations.length != sizesBytes.length
                || compositionOffsets.length != sizesBytes.length
                || keyFrames.length != sizesBytes.length) {
            throw new IllegalArgumentException("the arrays of a sample table differ in length");
        }
    }

    public int size() {
        return sizesBytes.length;
    }
}
