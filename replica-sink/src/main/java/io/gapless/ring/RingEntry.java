package io.gapless.ring;

import static java.util.Objects.requireNonNull;

import io.gapless.media.FragmentHeader;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.fmp4.StoredFragment;
import java.nio.file.Path;

/**
 * A fragment in a ring.
 *
 * @param file the segment it stands in, as it was named when it was found; {@link RingFile#open}
 *     finds it under its final name too
 * @param stored its header, and where it stands in the file
 * @param configuration of the segment
 */
public record RingEntry(Path file, StoredFragment stored, StreamConfiguration configuration) {
    public RingEntry {
        requireNonNull(file, "file is null");
        requireNonNull(stored, "stored is null");
        requireNonNull(configuration, "configuration is null");
    }

    public FragmentHeader header() {
        return stored.header();
    }

    /** Of the first byte of its {@code uuid} box in the file. */
    public long offset() {
        return stored.offset();
    }

    /** From its {@code uuid} box to the end of its {@code mdat}. */
    public long sizeBytes() {
        return stored.sizeBytes();
    }
}
