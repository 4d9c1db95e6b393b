package io.gapless.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Local disks of which some fail, hang or are full, as the test wants it. */
final class FaultyFiles implements DiskFiles {
    private final DiskFiles files = new LocalFiles();
    private final Map<Path, String> failing = new ConcurrentHashMap<>();
    private final Map<Path, CountDownLatch> hanging = new ConcurrentHashMap<>();
    private final Map<Path, Long> sizes = new ConcurrentHashMap<>();

    /** Every write to this directory fails half way. */
    void fail(Path directory, String message) {
        failing.put(directory, message);
    }

    /** Every write to this directory waits until it is {@link #heal healed}. */
    void hang(Path directory) {
        hanging.put(directory, new CountDownLatch(1));
    }

    /** A disk of so many bytes, on which nothing lies but the ring. */
    void size(Path directory, long bytes) {
        sizes.put(directory, bytes);
    }

    void heal(Path directory) {
        failing.remove(directory);
        CountDownLatch latch = hanging.remove(directory);
        if (latch != null) {
            latch.countDown();
        }
    }

    private void check(Path file) throws IOException {
        for (Map.Entry<Path, CountDownLatch> hang : hanging.entrySet()) {
            if (file.startsWith(hang.getKey())) {
                await(hang.getValue());
            }
        }
        for (Map.Entry<Path, String> fail : failing.entrySet()) {
            if (file.startsWith(fail.getKey())) {
                throw new IOException(fail.getValue());
            }
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public Output create(Path file) throws IOException {
        check(file);
        Output output = files.create(file);
        return new Output() {
            @Override
            public void write(ByteBuffer[] buffers) throws IOException {
                try {
                    check(file);
                } catch (IOException e) {
                    output.write(new ByteBuffer[] {half(buffers[0])});
                    throw e;
                }
                output.write(buffers);
            }

            @Override
            public void truncate(long sizeBytes) throws IOException {
                check(file);
                output.truncate(sizeBytes);
            }

            @Override
            public void close() throws IOException {
                output.close();
            }
        };
    }

    private static ByteBuffer half(ByteBuffer buffer) {
        return buffer.slice(buffer.position(), buffer.remaining() / 2);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        check(from);
        files.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        check(file);
        files.delete(file);
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        long usable = files.usableBytes(directory);
        Long size = sizes.get(directory);
        return size == null ? usable : size - RingFiles.bytes(directory);
    }
}
