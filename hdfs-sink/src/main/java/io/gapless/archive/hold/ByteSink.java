package io.gapless.archive.hold;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes bytes, one piece after the other. */
@FunctionalInterface
public interface ByteSink {
    /**
     * Takes all that remains of {@code bytes}, which may lie on the heap or outside it. They may be
     * read as late as when the sink is flushed, and must not change until then.
     */
    void write(ByteBuffer bytes) throws IOException;
}
