package io.gapless.archive.read;

import io.gapless.media.SampleTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/**
 * What remains of one track of a fragment when only the access units presented in some time stay.
 *
 * @param firstPresentation time of the one presented first, in the track's ticks; of no meaning if
 *     none remains
 * @param samples the remaining access units with decoding times of their own: the sorted
 *     presentation times, as everywhere
 * @param pieces where their bytes are, in order, neighbours joined
 */
record TrackCut(long firstPresentation, SampleTable samples, List<Piece> pieces) {
    /** The bytes [offset, offset + sizeBytes) of a recording. */
    record Piece(long offset, long sizeBytes) {
        long end() {
            return offset + sizeBytes;
        }
    }

    /**
     * @param dataOffset of the first access unit; the others follow it
     * @param presentation time of each access unit, in decoding order and in the track's ticks
     * @param end of the access unit presented last
     * @param stays whether an access unit presented at that time stays
     */
    static TrackCut of(
            SampleTable samples,
            long dataOffset,
            long[] presentation,
            long end,
            LongPredicate stays) {
        int[] kept =
                IntStream.range(0, samples.size())
                        .filter(i -> stays.test(presentation[i]))
                        .toArray();
        long first = Arrays.stream(kept).mapToLong(i -> presentation[i]).min().orElse(0);
        SampleTable remaining =
                kept.length == samples.size() ? samples : retimed(samples, presentation, end, kept);
        return new TrackCut(first, remaining, pieces(samples, dataOffset, kept));
    }

    int frames() {
        return samples.size();
    }

    long sizeBytes() {
        return pieces.stream().mapToLong(Piece::sizeBytes).sum();
    }

    long durationTicks() {
        return Arrays.stream(samples.durations()).asLongStream().sum();
    }

    private static List<Piece> pieces(SampleTable samples, long dataOffset, int[] kept) {
        long[] offsets = new long[samples.size() + 1];
        offsets[0] = dataOffset;
        for (int i = 0; i < samples.size(); i++) {
            offsets[i + 1] = offsets[i] + samples.sizesBytes()[i];
        }
        List<Piece> pieces = new ArrayList<>();
        for (int i : kept) {
            int last = pieces.size() - 1;
            if (last >= 0 && pieces.get(last).end() == offsets[i]) {
                pieces.set(
                        last,
                        new Piece(
                                pieces.get(last).offset(),
                                offsets[i + 1] - pieces.get(last).offset()));
            } else {
                pieces.add(new Piece(offsets[i], offsets[i + 1] - offsets[i]));
            }
        }
        return pieces;
    }

    private static SampleTable retimed(
            SampleTable samples, long[] presentation, long end, int[] kept) {
        long[] all = Arrays.copyOf(presentation, presentation.length + 1);
        all[presentation.length] = end;
        Arrays.sort(all);
        long[] decode = Arrays.stream(kept).mapToLong(i -> presentation[i]).sorted().toArray();
        SampleTable retimed =
                new SampleTable(
                        new int[kept.length],
                        new int[kept.length],
                        new int[kept.length],
                        new boolean[kept.length]);
        for (int j = 0; j < kept.length; j++) {
            long next =
                    j + 1 < kept.length
                            ? decode[j + 1]
                            : all[Arrays.binarySearch(all, decode[j]) + 1];
            retimed.sizesBytes()[j] = samples.sizesBytes()[kept[j]];
            retimed.durations()[j] = Math.toIntExact(next - decode[j]);
            retimed.compositionOffsets()[j] = Math.toIntExact(presentation[kept[j]] - decode[j]);
            retimed.keyFrames()[j] = samples.keyFrames()[kept[j]];
        }
        return retimed;
    }
}
