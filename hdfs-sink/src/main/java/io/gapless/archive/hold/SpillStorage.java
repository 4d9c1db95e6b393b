package io.gapless.archive.hold;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The disk calls of a {@link SpillDisk}; each may block for as long as the disk does. */
interface SpillStorage {
    /** Creates a file and its directories; nothing of it is left if that fails. */
    void write(Path file, List<ByteBuffer> bytes) throws IOException;

    void delete(Path file) throws IOException;

    /** 0 if it cannot be told. */
    long usableBytes(Path directory);

    /** A real disk. Not synchronised: a spill survives the process, not the host. */
    final class Files implements SpillStorage {
        @Override
        public void write(Path file, List<ByteBuffer> bytes) throws IOException {
            java.nio.file.Files.createDirectories(file.getParent());
            try (FileChannel out =
                    FileChannel.open(
                            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer[] all = bytes.toArray(ByteBuffer[]::new);
                int first = 0;
                while (first < all.length) {
                    out.write(all, first, all.length - first);
                    while (first < all.length && !all[first].hasRemaining()) {
                        first++;
                    }
                }
            } catch (IOException e) {
                java.nio.file.Files.deleteIfExists(file);
                throw e;
            }
        }

        @Override
        public void delete(Path file) throws IOException {
            java.nio.file.Files.deleteIfExists(file);
        }

        @Override
        public long usableBytes(Path directory) {
            return directory.toFile().getUsableSpace();
        }
    }
}
