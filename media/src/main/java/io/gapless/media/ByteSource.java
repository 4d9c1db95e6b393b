package io.gapless.media;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of known length that is read at positions. One thread at a time. */
public interface ByteSource {
    /** Length when it was opened; a growing file may have more by now. */
    long sizeBytes();

    /**
     * Fills {@code target}.
     *
     * @throws java.io.EOFException if the file ends first
     */
    void read(long position, ByteBuffer target) throws IOException;
}
