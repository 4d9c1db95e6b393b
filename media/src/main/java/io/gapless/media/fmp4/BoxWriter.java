package io.gapless.media.fmp4;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Writes boxes into a heap buffer that grows. {@link #end} closes the box begun last. */
final class BoxWriter {
    private static final int MAX_DEPTH = 16;

    private final int[] open = new int[MAX_DEPTH];
    private int depth;
    private ByteBuffer bytes;

    BoxWriter(int expectedBytes) {
        bytes = ByteBuffer.allocate(expectedBytes);
    }

    BoxWriter begin(int type) {
        open[depth++] = bytes.position();
        return int32(0).int32(type);
    }

    BoxWriter begin(String type) {
        return begin(Box.type(type));
    }

    /** A box with version and flags (ISO 14496-12, 4.2, FullBox). */
    BoxWriter begin(String type, int version, int flags) {
        return begin(type).int32(version << 24 | flags);
    }

    /** A box of our own (ISO 14496-12, 11.1) with version and no flags. */
    BoxWriter begin(UUID userType, int version) {
        begin(Box.UUID);
        return uuid(userType).int32(version << 24);
    }

    BoxWriter end() {
        int start = open[--depth];
        bytes.putInt(start, bytes.position() - start);
        return this;
    }

    BoxWriter int8(int value) {
        room(Byte.BYTES).put((byte) value);
        return this;
    }

    BoxWriter int16(int value) {
        room(Short.BYTES).putShort((short) value);
        return this;
    }

    BoxWriter int32(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    BoxWriter int64(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    BoxWriter uuid(UUID value) {
        return int64(value.getMostSignificantBits()).int64(value.getLeastSignificantBits());
    }

    BoxWriter bytes(byte[] value) {
        room(value.length).put(value);
        return this;
    }

    BoxWriter zeros(int count) {
        return bytes(new byte[count]);
    }

    int position() {
        return bytes.position();
    }

    /** What was written, from position 0 to its limit. */
    ByteBuffer finish() {
        if (depth != 0) {
            throw new IllegalStateException(depth + " boxes are open");
        }
        return bytes.flip();
    }

    private ByteBuffer room(int count) {
        if (bytes.remaining() < count) {
            int capacity = Math.max(2 * bytes.capacity(), bytes.position() + count);
            bytes = ByteBuffer.allocate(capacity).put(bytes.flip());
        }
        return bytes;
    }
}
