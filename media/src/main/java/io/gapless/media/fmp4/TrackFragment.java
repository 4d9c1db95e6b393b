package io.gapless.media.fmp4;

import io.gapless.media.SampleTable;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One {@code traf} as we write it (ISO 14496-12, 8.8.6).
 *
 * @param decodeTime of the first access unit, in ticks of its track
 * @param dataOffset of the first access unit, from the start of the moof
 */
record TrackFragment(long decodeTime, int dataOffset, SampleTable samples) {
    /** In a tfdt of version 1, behind version and flags (ISO 14496-12, 8.8.12). */
    private static final int DECODE_TIME = 4;

    private static final int DURATION_PRESENT = 0x100;
    private static final int SIZE_PRESENT = 0x200;
    private static final int FLAGS_PRESENT = 0x400;
    private static final int OFFSET_PRESENT = 0x800;
    private static final int NEEDED = 0x1 | DURATION_PRESENT | SIZE_PRESENT;
    private static final int NON_SYNC = 0x1_0000;
    private static final int TRAF = Box.type("traf");

    /**
     * @throws IllegalArgumentException if there is none, or one not as we write it
     * @throws java.nio.BufferUnderflowException if bytes are missing
     */
    static List<TrackFragment> parseAll(Box moof) {
        List<TrackFragment> all =
                moof.children(0).stream()
                        .filter(b -> b.type() == TRAF)
                        .map(TrackFragment::of)
                        .toList();
        if (moof.type() != Box.MOOF || all.isEmpty()) {
            throw new IllegalArgumentException("its moof has no track");
        }
        return all;
    }

    private static TrackFragment of(Box traf) {
        long decodeTime = traf.child("tfdt").payload().getLong(DECODE_TIME);
        ByteBuffer rest = traf.child("trun").payload().slice();
        int flags = rest.getInt();
        int count = rest.getInt();
        int entryBytes = Integer.BYTES * Integer.bitCount(flags & 0xF00);
        if ((flags & NEEDED) != NEEDED || count < 0 || count > rest.limit() / entryBytes) {
            throw new IllegalArgumentException("its trun has %d samples".formatted(count));
        }
        int dataOffset = rest.getInt();
        SampleTable samples =
                new SampleTable(new int[count], new int[count], new int[count], new boolean[count]);
        for (int i = 0; i < count; i++) {
            sample(rest, flags, samples, i);
        }
        return new TrackFragment(decodeTime, dataOffset, samples);
    }

    private static void sample(ByteBuffer rest, int flags, SampleTable samples, int i) {
        samples.durations()[i] = rest.getInt();
        samples.sizesBytes()[i] = notNegative(rest.getInt());
        samples.keyFrames()[i] = (flags & FLAGS_PRESENT) == 0 || (rest.getInt() & NON_SYNC) == 0;
        samples.compositionOffsets()[i] = (flags & OFFSET_PRESENT) == 0 ? 0 : rest.getInt();
    }

    private static int notNegative(int size) {
        if (size < 0) {
            throw new IllegalArgumentException("an access unit has %d bytes".formatted(size));
        }
        return size;
    }
}
