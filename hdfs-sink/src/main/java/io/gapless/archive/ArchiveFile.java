package io.gapless.archive;

import io.gapless.media.ByteSource;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.client.HdfsDataInputStream;

/**
 * A file of the archive opened for reading. Of a growing file it sees what was flushed before it
 * was opened; to see more, open it again. One thread at a time.
 */
public final class ArchiveFile implements ByteSource, Closeable {
    private final FSDataInputStream in;
    private final long sizeBytes;

    private ArchiveFile(FSDataInputStream in, long sizeBytes) {
        this.in = in;
        this.sizeBytes = sizeBytes;
    }

    static ArchiveFile open(FileSystem fileSystem, Path path) throws IOException {
        FSDataInputStream in = fileSystem.open(path);
        try {
            return new ArchiveFile(in, visibleLength(fileSystem, path, in));
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** The NameNode's length of an open file lags; the DataNodes know better. */
    private static long visibleLength(FileSystem fileSystem, Path path, FSDataInputStream in)
            throws IOException {
        return in instanceof HdfsDataInputStream hdfs
                ? hdfs.getVisibleLength()
                : fileSystem.getFileStatus(path).getLen();
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        if (position + target.remaining() > sizeBytes) {
            throw new EOFException(
                    "bytes [%d, %d) of a file of %d"
                            .formatted(position, position + target.remaining(), sizeBytes));
        }
        if (target.hasArray()) {
            int at = target.arrayOffset() + target.position();
            in.readFully(position, target.array(), at, target.remaining());
            target.position(target.limit());
        } else {
            byte[] bytes = new byte[target.remaining()];
            in.readFully(position, bytes, 0, bytes.length);
            target.put(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
