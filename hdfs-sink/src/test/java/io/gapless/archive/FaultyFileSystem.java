package io.gapless.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.Syncable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** A local disk with faults on request. */
final class FaultyFileSystem extends FilterFileSystem {
    /** Files whose flush never returns until it is interrupted. */
    volatile Predicate<Path> stuck = path -> false;

    /** Files that cannot be created. */
    volatile Predicate<Path> refused = path -> false;

    /** How long each flush takes. */
    volatile long flushMillis;

    /** What is flushed finds no room. */
    volatile boolean full;

    /** So many renames answer false and do nothing. */
    final AtomicInteger renamesRefused = new AtomicInteger();

    /** Makes creating a file throw what no storage fault would. */
    volatile boolean buggy;

    FaultyFileSystem(URI root) throws IOException {
        super(new RawLocalFileSystem());
        initialize(root, new Configuration());
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        if (buggy) {
            throw new AssertionError("a bug");
        }
        if (refused.test(path)) {
            throw new IOException("refused");
        }
        return new FSDataOutputStream(
                new Stream(
                        path,
                        super.create(
                                path,
                                permission,
                                overwrite,
                                bufferSize,
                                replication,
                                blockSize,
                                progress)),
                null);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        return renamesRefused.getAndDecrement() <= 0 && super.rename(from, to);
    }

    private final class Stream extends FilterOutputStream implements Syncable {
        private final Path path;

        Stream(Path path, OutputStream out) {
            super(out);
            this.path = path;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void hflush() throws IOException {
            if (stuck.test(path)) {
                awaitInterrupt();
            }
            awaitSlowness();
            if (full) {
                throw new IOException("No space left on device");
            }
            out.flush();
        }

        @Override
        public void hsync() throws IOException {
            hflush();
        }

        private void awaitSlowness() throws IOException {
            try {
                boolean never = new CountDownLatch(1).await(flushMillis, TimeUnit.MILLISECONDS);
                assert !never;
            } catch (InterruptedException e) {
                throw (IOException) new InterruptedIOException("interrupted").initCause(e);
            }
        }

        private void awaitInterrupt() throws IOException {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw (IOException) new InterruptedIOException("interrupted").initCause(e);
            }
        }
    }
}
