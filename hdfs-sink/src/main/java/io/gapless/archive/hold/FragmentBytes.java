package io.gapless.archive.hold;

import io.gapless.media.MediaTime;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A fragment's bytes, wherever they lie. One thread. */
public interface FragmentBytes extends AutoCloseable {
    /** As {@link io.gapless.media.fmp4.FragmentEncoder#header}; a heap buffer. */
    ByteBuffer boxes(MediaTime recordingStart, int moofSequence);

    /**
     * Writes the access units that follow the boxes.
     *
     * @throws SpillLostException if they cannot be read
     * @throws IOException if {@code out} cannot be written
     */
    void copyTo(ByteSink out) throws IOException;

    @Override
    void close();
}
