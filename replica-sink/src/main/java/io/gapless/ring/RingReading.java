package io.gapless.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The opened segment of a fragment, whose bytes are read on the threads of its disk: nobody else
 * ever waits for that. For any number of threads.
 */
public interface RingReading {
    /**
     * Fills {@code target} from a position of the file.
     *
     * @param done is told how it went, on a thread of the disk; never, if the disk never answers
     */
    void read(long position, ByteBuffer target, Consumer<Optional<IOException>> done);

    /** To be called once; never waits. */
    void close();
}
