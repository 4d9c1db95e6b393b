package io.gapless.archive.hold;

import java.io.Serializable;
import java.util.List;

/**
 * Local disks for video that no longer fits into memory while the archive is away.
 *
 * @param directories absolute paths, better one per disk; made if they are missing. Several
 *     processes may share them; none: nothing is spilt
 * @param maxBytes of all directories together and of one process, spread evenly
 */
public record SpillOptions(List<String> directories, long maxBytes) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** No disks. */
    public static final SpillOptions NONE = new SpillOptions(List.of(), 0);

    public SpillOptions {
        directories = List.copyOf(directories);
        if (maxBytes < directories.size()) {
            throw new IllegalArgumentException(
                    "%d bytes in %d directories".formatted(maxBytes, directories.size()));
        }
    }
}
