package io.gapless.media.fmp4;

import io.gapless.media.CameraId;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.StreamConfiguration;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code uuid} box behind the fragments of a finished recording, from which all that {@link
 * Recording} says is known: docs/archive-format.md, "Index".
 */
record IndexBox(
        MediaTime recordingStart,
        List<StreamConfiguration> configurations,
        List<StoredFragment> fragments,
        List<Interruption> interruptions) {
    static final int VERSION = 1;
    static final int VERSION_WITH_METADATA = 2;

    private static final int ENTRY_BYTES = Long.BYTES + FragmentRecord.BYTES;
    private static final int FIELDS_BYTES = 116;

    /** What an index of this many fragments takes, about. */
    static int expectedBytes(int fragments) {
        return 4096 + Math.multiplyExact(fragments, ENTRY_BYTES);
    }

    void write(BoxWriter out) {
        byte[] segment = InitializationSegment.encode(configurations);
        boolean metadata = fragments.stream().anyMatch(f -> f.header().metadataFrames() > 0);
        out.begin(BoxIds.INDEX, metadata ? VERSION_WITH_METADATA : VERSION);
        out.int64(recordingStart.ticks90k()).int32(fragments.size()).int32(interruptions.size());
        out.int32(segment.length);
        FragmentRecord.writeCamera(out, camera());
        out.zeros(3).bytes(segment);
        for (StoredFragment fragment : fragments) {
            int headerBytes = FragmentEncoder.headerBytes(fragment.header());
            out.int64(fragment.offset());
            new FragmentRecord(fragment.header(), headerBytes, fragment.sizeBytes()).write(out);
        }
        interruptions.forEach(i -> InterruptionRecord.write(out, i));
        out.end();
    }

    private CameraId camera() {
        return fragments.isEmpty()
                ? interruptions.get(0).camera()
                : fragments.get(0).header().camera();
    }

    /** Whether a box that begins so can be {@link #read}. */
    static boolean isReadable(OwnBox start) {
        return start.is(BoxIds.INDEX, VERSION) || start.is(BoxIds.INDEX, VERSION_WITH_METADATA);
    }

    /**
     * @param box the whole box from its first byte
     * @param indexOffset where it stands in the recording
     * @throws IllegalArgumentException if it cannot be the index of what stands before it
     * @throws java.nio.BufferUnderflowException if bytes are missing
     */
    static IndexBox read(ByteBuffer box, long indexOffset) {
        ByteBuffer rest = box.slice().position(OwnBox.BYTES);
        boolean withMetadata = OwnBox.read(box).version() == VERSION_WITH_METADATA;
        MediaTime start = new MediaTime(rest.getLong());
        int fragmentCount = rest.getInt();
        int interruptionCount = rest.getInt();
        int segmentBytes = rest.getInt();
        CameraId camera = FragmentRecord.readCamera(rest);
        rest.position(FIELDS_BYTES);
        checkRoom(segmentBytes, 1, rest);
        ByteBuffer segment = rest.slice(rest.position(), segmentBytes);
        rest.position(rest.position() + segmentBytes);
        return new IndexBox(
                start,
                InitializationSegment.decode(segment),
                fragments(rest, fragmentCount, camera, indexOffset, withMetadata),
                interruptions(rest, interruptionCount, camera));
    }

    private static List<StoredFragment> fragments(
            ByteBuffer rest, int count, CameraId camera, long indexOffset, boolean withMetadata) {
        checkRoom(count, ENTRY_BYTES, rest);
        List<StoredFragment> fragments = new ArrayList<>(count);
        long end = 0;
        for (int i = 0; i < count; i++) {
            long offset = rest.getLong();
            FragmentRecord record = FragmentRecord.read(rest, camera, withMetadata);
            if (offset < end || record.sizeBytes() > indexOffset - offset) {
                throw new IllegalArgumentException(
                        "fragment %d of the index is at %d".formatted(i, offset));
            }
            fragments.add(new StoredFragment(record.header(), offset, record.sizeBytes()));
            end = offset + record.sizeBytes();
        }
        return fragments;
    }

    private static List<Interruption> interruptions(ByteBuffer rest, int count, CameraId camera) {
        checkRoom(count, Long.BYTES, rest);
        List<Interruption> interruptions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            interruptions.add(InterruptionRecord.read(rest, camera));
        }
        return interruptions;
    }

    /** No list is made longer than the bytes behind it allow. */
    private static void checkRoom(int count, int bytesEach, ByteBuffer rest) {
        if (count < 0 || count > rest.remaining() / bytesEach) {
            throw new IllegalArgumentException(
                    "%d entries in %d bytes".formatted(count, rest.remaining()));
        }
    }
}
