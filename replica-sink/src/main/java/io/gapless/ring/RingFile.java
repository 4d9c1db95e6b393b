package io.gapless.ring;

import io.gapless.media.ByteSource;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A segment that is read. What it held when it was opened stays readable until it is closed, even
 * if it is deleted meanwhile. Safe for any number of threads.
 */
public final class RingFile implements ByteSource, Closeable {
    private final FileChannel channel;
    private final long sizeBytes;

    private RingFile(FileChannel channel, long sizeBytes) {
        this.channel = channel;
        this.sizeBytes = sizeBytes;
    }

    /**
     * @param file of a segment; if it was growing and has been finished since, it is found too
     * @throws NoSuchFileException if it has been deleted
     */
    public static RingFile open(Path file) throws IOException {
        FileChannel channel = openChannel(file);
        try {
            return new RingFile(channel, channel.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel openChannel(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            String name = file.getFileName().toString();
            if (!name.endsWith(RingDirectories.OPEN)) {
                throw e;
            }
            String stem = name.substring(0, name.length() - RingDirectories.OPEN.length());
            return FileChannel.open(
                    file.resolveSibling(stem + RingDirectories.FINISHED), StandardOpenOption.READ);
        }
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int count = channel.read(target, at);
            if (count < 0) {
                throw new EOFException("the segment ends at byte " + at);
            }
            at += count;
        }
    }

    /** For transfer to a socket without a copy; to be read at positions only. */
    public FileChannel channel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
