package io.gapless.archive.read;

import static java.util.Objects.requireNonNull;

/**
 * Something in a recording that is not as it was written.
 *
 * @param file the recording, relative to the root of the archive
 * @param offset of the byte in the file at which the faulty thing begins
 * @param what one sentence for people
 */
public record Problem(String file, long offset, String what) {
    public Problem {
        requireNonNull(file, "file is null");
        requireNonNull(what, "what is null");
    }

    @Override
    public String toString() {
        return "%s at byte %d: %s".formatted(file, offset, what);
    }
}
