package io.gapless.archive.hold;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A real disk that fails or hangs on request. */
final class FakeDisk implements SpillStorage {
    private final SpillStorage real = new SpillStorage.Files();

    final AtomicLong nanos = new AtomicLong();
    final AtomicInteger hanging = new AtomicInteger();
    volatile boolean failing;
    volatile boolean stuck;

    @Override
    public void write(Path file, List<ByteBuffer> bytes) throws IOException {
        hanging.incrementAndGet();
        while (stuck) {
            LockSupport.parkNanos(1_000_000);
        }
        hanging.decrementAndGet();
        if (failing) {
            throw new IOException("the disk failed");
        }
        real.write(file, bytes);
    }

    @Override
    public void delete(Path file) throws IOException {
        real.delete(file);
    }

    @Override
    public long usableBytes(Path directory) {
        return Long.MAX_VALUE;
    }
}
