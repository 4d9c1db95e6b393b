package io.gapless.archive.read;

import io.gapless.media.ByteSource;
import java.io.EOFException;
import java.nio.ByteBuffer;

/**
 * A stretch of a file that is in memory already, read at the positions of the file.
 *
 * @param start position in the file of the first byte of {@code bytes}
 * @param bytes from position 0 to the limit
 */
record MemorySource(long start, ByteBuffer bytes) implements ByteSource {
    @Override
    public long sizeBytes() {
        return start + bytes.limit();
    }

    @Override
    public void read(long position, ByteBuffer target) throws EOFException {
        target.put(slice(position, target.remaining()));
    }

    /** The bytes [position, position + length) of the file, not copied. */
    ByteBuffer slice(long position, long length) throws EOFException {
        if (position < start || length < 0 || length > sizeBytes() - position) {
            throw new EOFException(
                    "%d bytes at %d of a stretch from %d to %d"
                            .formatted(length, position, start, sizeBytes()));
        }
        return bytes.slice((int) (position - start), (int) length);
    }
}
