package io.gapless.media.fmp4;

import io.gapless.media.ByteSource;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.StreamConfiguration;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What ends a finished recording: our index, from which the recording's content is known in two
 * reads, and an {@code mfra} (ISO 14496-12, 8.8.9), with which ordinary players seek.
 */
public final class RecordingTrailer {
    private static final int LOCATOR_VERSION = 1;
    private static final int LOCATOR_BYTES = OwnBox.BYTES + Long.BYTES;
    private static final int MFRO_BYTES = 16;

    /** What is read of a recording's end to know whether it has an index, and where. */
    static final int TAIL_BYTES = LOCATOR_BYTES + MFRO_BYTES;

    /** An hour of fragments of one frame each, 60 a second, is half of it. */
    private static final long MAX_INDEX_BYTES = 40L << 20;

    private static final int VIDEO_TRACK = 1;

    private RecordingTrailer() {}

    /**
     * The last bytes of a recording, from position 0 to the limit of a heap buffer.
     *
     * @param fragments all of the recording, in its order; at least one fragment or interruption
     * @param interruptions all run ends of the recording, in its order
     * @param recordingStart the one the fragments' decoding times count from
     */
    public static ByteBuffer encode(
            List<StoredFragment> fragments,
            List<Interruption> interruptions,
            StreamConfiguration configuration,
            MediaTime recordingStart) {
        BoxWriter out = new BoxWriter(2 * IndexBox.expectedBytes(fragments.size()));
        new IndexBox(recordingStart, List.of(configuration), fragments, interruptions).write(out);
        int indexBytes = out.position();
        out.begin(Box.MFRA);
        randomAccess(out, fragments, recordingStart);
        out.begin(BoxIds.INDEX_LOCATOR, LOCATOR_VERSION);
        out.int64(out.position() + Long.BYTES + MFRO_BYTES).end();
        int mfraBytes = out.position() - indexBytes + MFRO_BYTES;
        out.begin("mfro", 0, 0).int32(mfraBytes).end();
        return out.end().finish();
    }

    /** ISO 14496-12, 8.8.10; numbers of traf, trun and sample in 1 byte each. */
    private static void randomAccess(
            BoxWriter out, List<StoredFragment> fragments, MediaTime recordingStart) {
        List<StoredFragment> entries =
                fragments.stream().filter(f -> f.header().startsWithKeyFrame()).toList();
        out.begin("tfra", 1, 0).int32(VIDEO_TRACK).int32(0).int32(entries.size());
        for (StoredFragment fragment : entries) {
            out.int64(Math.max(0, fragment.header().start().ticksSince(recordingStart)));
            out.int64(fragment.offset() + FragmentEncoder.MOOF_OFFSET);
            out.int8(1).int8(1).int8(1);
        }
        out.end();
    }

    /** The index of a finished recording and where it ends, or nothing if there is none. */
    static Optional<IndexBox> read(ByteSource source) throws IOException {
        long size = source.sizeBytes();
        if (size < TAIL_BYTES) {
            return Optional.empty();
        }
        ByteBuffer tail = ByteBuffer.allocate(TAIL_BYTES);
        source.read(size - TAIL_BYTES, tail);
        Optional<Long> trailerBytes = trailerBytes(tail.flip(), size);
        if (trailerBytes.isEmpty()) {
            return Optional.empty();
        }
        long mfraBytes = Integer.toUnsignedLong(tail.getInt(TAIL_BYTES - Integer.BYTES));
        long indexBytes = trailerBytes.get() - mfraBytes;
        if (indexBytes < OwnBox.BYTES || indexBytes > MAX_INDEX_BYTES) {
            return Optional.empty();
        }
        return index(source, size - trailerBytes.get(), (int) indexBytes);
    }

    private static Optional<Long> trailerBytes(ByteBuffer tail, long size) {
        OwnBox locator = OwnBox.read(tail);
        boolean fits =
                locator.sizeBytes() == LOCATOR_BYTES
                        && locator.is(BoxIds.INDEX_LOCATOR, LOCATOR_VERSION)
                        && tail.getInt(LOCATOR_BYTES) == MFRO_BYTES
                        && tail.getInt(LOCATOR_BYTES + Integer.BYTES) == Box.MFRO;
        long trailerBytes = tail.getLong(OwnBox.BYTES);
        return fits && trailerBytes > 0 && trailerBytes <= size
                ? Optional.of(trailerBytes)
                : Optional.empty();
    }

    private static Optional<IndexBox> index(ByteSource source, long offset, int bytes)
            throws IOException {
        ByteBuffer box = ByteBuffer.allocate(bytes);
        source.read(offset, box);
        OwnBox start = OwnBox.read(box.flip());
        if (start.sizeBytes() != bytes || !IndexBox.isReadable(start)) {
            return Optional.empty();
        }
        try {
            return Optional.of(IndexBox.read(box, offset));
        } catch (IllegalArgumentException | BufferUnderflowException | ArithmeticException e) {
            return Optional.empty(); // not written by us, or damaged: the boxes tell the same
        }
    }
}
