package io.gapless.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The disks of this host. Nothing is forced to the platter: the kernel keeps what was written even
 * if the process is killed, and the seconds that a power cut costs are in the archive.
 */
final class LocalFiles implements DiskFiles {
    /** Somebody may tidy an empty directory away between its making and its use. */
    private static final int ATTEMPTS = 5;

    @Override
    public Output create(Path file) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.createDirectories(file.getParent());
                return new ChannelOutput(
                        FileChannel.open(
                                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // Deleted by somebody else, so there is nothing to name.
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        Files.createDirectories(directory);
        return Files.getFileStore(directory).getUsableSpace();
    }

    private record ChannelOutput(FileChannel channel) implements Output {
        /** Gathers: the kernel takes the video from where it was received. */
        @Override
        public void write(ByteBuffer[] buffers) throws IOException {
            int first = 0;
            while (first < buffers.length) {
                if (buffers[first].hasRemaining()) {
                    channel.write(buffers, first, buffers.length - first);
                } else {
                    first++;
                }
            }
        }

        @Override
        public void truncate(long sizeBytes) throws IOException {
            channel.truncate(sizeBytes);
            channel.position(sizeBytes);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
