package io.gapless.archive.read;

import io.gapless.media.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A box of ISO 14496-12, 4.2, as its header tells it.
 *
 * @param offset of its first byte in the file
 * @param sizeBytes with its header
 */
record BoxAt(String type, long offset, int headerBytes, long sizeBytes) {
    static final int SHORT_HEADER_BYTES = 8;
    private static final int LONG_HEADER_BYTES = 16;

    long end() {
        return offset + sizeBytes;
    }

    long payload() {
        return offset + headerBytes;
    }

    /** The box that begins at {@code offset}; nothing if no box can begin there. */
    static Optional<BoxAt> read(ByteSource source, long offset) throws IOException {
        int available = (int) Math.min(LONG_HEADER_BYTES, source.sizeBytes() - offset);
        if (available < SHORT_HEADER_BYTES) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.allocate(available);
        source.read(offset, header);
        long size = Integer.toUnsignedLong(header.getInt(0));
        String type = new String(header.array(), 4, 4, StandardCharsets.ISO_8859_1);
        if (size == 1 && available == LONG_HEADER_BYTES) {
            return checked(type, offset, LONG_HEADER_BYTES, header.getLong(8));
        }
        return checked(type, offset, SHORT_HEADER_BYTES, size);
    }

    private static Optional<BoxAt> checked(String type, long offset, int header, long size) {
        boolean possible = size >= header && size <= Long.MAX_VALUE - offset;
        return possible ? Optional.of(new BoxAt(type, offset, header, size)) : Optional.empty();
    }
}
