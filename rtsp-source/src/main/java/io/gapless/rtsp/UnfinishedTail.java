package io.gapless.rtsp;

import java.nio.ByteBuffer;

/**
 * The beginning of something whose end has not come yet: at most one frame or line. Grows to the
 * largest and is kept, so that it costs nothing after a while.
 */
final class UnfinishedTail {
    private static final int FIRST_CAPACITY = 2048;

    /** Readable bytes are [0, position). Off the heap as all video. */
    private ByteBuffer bytes = ByteBuffer.allocateDirect(FIRST_CAPACITY);

    private ByteBuffer view = bytes.duplicate();

    boolean isEmpty() {
        return bytes.position() == 0;
    }

    /** Moves all that remains of {@code in} here. */
    void keep(ByteBuffer in) {
        move(in, in.remaining());
    }

    /** Moves up to {@code count} bytes of {@code in} here. */
    void move(ByteBuffer in, int count) {
        int moved = Math.min(count, in.remaining());
        ensureRoom(moved);
        int limit = in.limit();
        in.limit(in.position() + moved);
        bytes.put(in);
        in.limit(limit);
    }

    /** The bytes; the same object every time. */
    ByteBuffer view() {
        return view.limit(bytes.position()).position(0);
    }

    void dropUpTo(int position) {
        if (position > 0) {
            bytes.flip().position(position);
            bytes.compact();
        }
    }

    private void ensureRoom(int more) {
        if (bytes.remaining() < more) {
            int needed = bytes.position() + more;
            ByteBuffer larger = ByteBuffer.allocateDirect(Integer.highestOneBit(needed - 1) << 1);
            larger.put(bytes.flip());
            bytes = larger;
            view = larger.duplicate();
        }
    }
}
