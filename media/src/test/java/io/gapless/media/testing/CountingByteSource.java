package io.gapless.media.testing;

import io.gapless.media.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Bytes in memory that remember what was read of them. */
public final class CountingByteSource implements ByteSource {
    /** One read of [position, position + length). */
    public record Read(long position, int length) {}

    private final byte[] bytes;
    private final int size;
    private final List<Read> reads = new ArrayList<>();

    public CountingByteSource(byte[] bytes) {
        this(bytes, bytes.length);
    }

    /** The first {@code size} of {@code bytes}. */
    public CountingByteSource(byte[] bytes, int size) {
        this.bytes = bytes;
        this.size = size;
    }

    @Override
    public long sizeBytes() {
        return size;
    }

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        reads.add(new Read(position, target.remaining()));
        if (position < 0 || position + target.remaining() > size) {
            throw new EOFException(
                    "read to %d of %d".formatted(position + target.remaining(), size));
        }
        target.put(bytes, (int) position, target.remaining());
    }

    public List<Read> reads() {
        return List.copyOf(reads);
    }

    public long bytesRead() {
        return reads.stream().mapToLong(Read::length).sum();
    }
}
