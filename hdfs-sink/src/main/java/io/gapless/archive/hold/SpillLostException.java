package io.gapless.archive.hold;

import java.io.IOException;
import java.nio.file.Path;

/** What was spilt to a local disk cannot be read back. */
public final class SpillLostException extends IOException {
    private static final long serialVersionUID = 1L;

    SpillLostException(Path file, Throwable cause) {
        super("the spilt video %s cannot be read: %s".formatted(file, cause), cause);
    }
}
