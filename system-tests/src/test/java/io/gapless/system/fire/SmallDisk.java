package io.gapless.system.fire;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system of its own, in memory; only a privileged process may make one. */
final class SmallDisk implements AutoCloseable {
    private static final int CHUNK_BYTES = 1 << 20;

    private final Path directory;
    private final Path ballast;
    private final OnExit mounted;

    SmallDisk(Path directory, int megabytes) throws IOException, InterruptedException {
        this.directory = Files.createDirectories(directory);
        this.ballast = directory.resolve("ballast");
        Shell.run(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=%dm".formatted(megabytes),
                "gapless-fire",
                directory.toString());
        this.mounted = new OnExit(() -> Shell.succeeds("umount", "-l", directory.toString()));
    }

    /** Takes all that is free. */
    void fill() throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (RandomAccessFile file = new RandomAccessFile(ballast.toFile(), "rw")) {
            file.seek(file.length());
            while (Files.getFileStore(directory).getUsableSpace() > 0) {
                file.write(chunk);
            }
        } catch (IOException e) {
            if (Files.getFileStore(directory).getUsableSpace() > CHUNK_BYTES) {
                throw e;
            }
            // No space left on device: as intended.
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(ballast);
    }

    @Override
    public void close() {
        mounted.close();
    }
}
