package io.gapless.media;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** A piece of {@link MediaMemory}, shared by the buffers that were cut inside it. */
final class Chunk {
    final ByteBuffer bytes;
    final AtomicInteger references = new AtomicInteger();
    private final MediaMemory owner;

    Chunk(MediaMemory owner, ByteBuffer bytes) {
        this.owner = owner;
        this.bytes = bytes;
    }

    void retain() {
        references.incrementAndGet();
    }

    void release() {
        int left = references.decrementAndGet();
        if (left == 0) {
            owner.giveBack(this);
        } else if (left < 0) {
            throw new IllegalStateException("media memory was released twice");
        }
    }
}
