package io.gapless.media.fmp4;

import io.gapless.media.ByteSource;
import io.gapless.media.Interruption;
import io.gapless.media.StreamConfiguration;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a recording without index from box to box. The box that begins a fragment says how long the
 * fragment is, so that one read of {@link FragmentBox#BYTES} passes over it. A box that is not
 * whole ends the walk. A whole one that cannot be understood is passed over: it may come from a
 * newer version, and whoever cuts torn tails must not cut its video.
 */
final class RecordingWalk {
    /** Larger than any of ours; a larger one is passed over. */
    private static final int MAX_MOOV_BYTES = 1 << 20;

    /** An hour of fragments of one frame each, 60 a second, is half of it. */
    private static final int MAX_BOXES = 400_000;

    private static final int LARGE_SIZE_BYTES = Box.HEADER_BYTES + Long.BYTES;

    private final ByteSource source;
    private final long start;
    private final long end;
    private final List<StreamConfiguration> configurations = new ArrayList<>();
    private final List<StoredFragment> fragments = new ArrayList<>();
    private final List<Interruption> interruptions = new ArrayList<>();
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long windowStart;

    RecordingWalk(ByteSource source) {
        this.source = source;
        this.start = 0;
        this.end = source.sizeBytes();
    }

    /** Goes on where an earlier walk ended. */
    RecordingWalk(ByteSource source, Recording before) {
        this.source = source;
        this.start = before.completeBytes();
        this.end = source.sizeBytes();
        configurations.addAll(before.configurations());
        fragments.addAll(before.fragments());
        interruptions.addAll(before.interruptions());
    }

    Recording walk() throws IOException {
        long at = start;
        long size = boxBytes(at);
        for (int boxes = 0; size > 0 && boxes < MAX_BOXES; boxes++) {
            at += size;
            size = boxBytes(at);
        }
        return new Recording(configurations, fragments, interruptions, at, false);
    }

    /** Notes what stands at {@code at}; its size in bytes, or 0 if nothing whole stands there. */
    private long boxBytes(long at) throws IOException {
        if (end - at < Box.HEADER_BYTES) {
            return 0;
        }
        int type = bytes(at, Box.HEADER_BYTES).getInt(Integer.BYTES);
        long size = size(at);
        if (size < Box.HEADER_BYTES || size > end - at) {
            return 0;
        }
        try {
            return note(at, type, size);
        } catch (IllegalArgumentException | BufferUnderflowException | ArithmeticException e) {
            return size;
        }
    }

    private long size(long at) throws IOException {
        long size = Integer.toUnsignedLong(bytes(at, Box.HEADER_BYTES).getInt(0));
        boolean large = size == 1 && end - at >= LARGE_SIZE_BYTES;
        return large ? bytes(at, LARGE_SIZE_BYTES).getLong(Box.HEADER_BYTES) : size;
    }

    private long note(long at, int type, long size) throws IOException {
        if (type == Box.MOOV && configurations.isEmpty()) {
            configurations.addAll(moov(at, size));
        } else if (type == Box.UUID && size >= OwnBox.BYTES) {
            return noteOwn(at, size);
        }
        return size;
    }

    private List<StreamConfiguration> moov(long at, long size) throws IOException {
        if (size > MAX_MOOV_BYTES) {
            throw new IllegalArgumentException("a moov of %d bytes".formatted(size));
        }
        return InitializationSegment.decode(bytes(at, (int) size));
    }

    private long noteOwn(long at, long size) throws IOException {
        OwnBox box = OwnBox.read(bytes(at, OwnBox.BYTES));
        if (FragmentBox.isReadable(box) && size >= FragmentBox.BYTES) {
            return noteFragment(at, FragmentBox.read(bytes(at, FragmentBox.BYTES)).fragment());
        }
        if (box.is(BoxIds.RUN_END, RunEndBox.VERSION) && size <= RunEndBox.MAX_BYTES) {
            interruptions.add(RunEndBox.read(bytes(at, (int) size)));
        }
        return size;
    }

    private long noteFragment(long at, FragmentRecord fragment) {
        if (fragment.sizeBytes() < FragmentEncoder.MOOF_OFFSET || fragment.sizeBytes() > end - at) {
            return 0;
        }
        fragments.add(new StoredFragment(fragment.header(), at, fragment.sizeBytes()));
        return fragment.sizeBytes();
    }

    /**
     * {@code length} bytes from {@code at}, which must be there. Reads only what it has not read
     * before, but then enough for the box that begins a fragment.
     */
    private ByteBuffer bytes(long at, int length) throws IOException {
        if (at < windowStart || at + length > windowStart + window.limit()) {
            window =
                    ByteBuffer.allocate(
                            (int) Math.min(Math.max(length, FragmentBox.BYTES), end - at));
            source.read(at, window);
            window.flip();
            windowStart = at;
        }
        return window.slice((int) (at - windowStart), length);
    }
}
