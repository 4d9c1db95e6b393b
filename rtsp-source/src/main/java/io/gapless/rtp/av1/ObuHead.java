package io.gapless.rtp.av1;

import io.gapless.media.codec.Obus;
import java.nio.ByteBuffer;

/**
 * The beginning of an OBU, byte by byte: header, extension, and the size if the sender leaves it in
 * (AV1 specification, 5.3.1 to 5.3.3), though it should not (RTP Payload Format For AV1, 4.5).
 */
final class ObuHead {
    private static final int MOST_BYTES = 10;

    private final ByteBuffer read = ByteBuffer.allocate(MOST_BYTES);
    private final ByteBuffer header = ByteBuffer.allocateDirect(2);
    private boolean whole;

    void begin() {
        read.clear();
        whole = false;
    }

    boolean isEmpty() {
        return read.position() == 0;
    }

    /** Takes what belongs to it; whether nothing is missing any more. */
    boolean read(ByteBuffer piece) {
        while (!whole && piece.hasRemaining()) {
            read.put(piece.get());
            boolean sized = read.position() > headerBytes() && read.get(read.position() - 1) >= 0;
            whole = hasSize() ? sized || !read.hasRemaining() : read.position() == headerBytes();
        }
        return whole;
    }

    private int headerBytes() {
        return (read.get(0) & Obus.EXTENSION_FLAG) != 0 ? 2 : 1;
    }

    private boolean hasSize() {
        return (read.get(0) & Obus.HAS_SIZE_FIELD) != 0;
    }

    boolean isValid() {
        return (read.get(0) & Obus.FORBIDDEN_BIT) == 0 && (!hasSize() || size() >= 0);
    }

    int type() {
        return Obus.type(read.get(0));
    }

    /** Of what follows, as far as the OBU says so. */
    int mostBytes() {
        return hasSize() ? size() : Integer.MAX_VALUE;
    }

    /** Whether the OBU may end after so many bytes. */
    boolean endsAfter(long bytes) {
        return !hasSize() || bytes == size();
    }

    private int size() {
        return Obus.leb128(read.duplicate().flip().position(headerBytes()));
    }

    /** Header and extension, as they stand before a size; valid until the next one. */
    ByteBuffer header() {
        header.clear().put(0, (byte) (read.get(0) | Obus.HAS_SIZE_FIELD)).put(1, read.get(1));
        return header.limit(headerBytes());
    }
}
