package io.gapless.backfill;

import io.gapless.media.MediaMemory;
import java.time.Duration;

/**
 * Lets a fetch begin when its fragment will fit into the memory that backfill has for video; so a
 * stalled archive holds up fetching and nothing else. For any thread.
 */
final class MemoryGate {
    /** The last chunks of video and sound are not full. */
    private static final long ROUNDING_BYTES = 2L * MediaMemory.CHUNK_BYTES;

    /** Memory does not say when it is given back, so it is looked at. */
    private static final Duration LOOK = Duration.ofMillis(20);

    private final MediaMemory memory;
    private long reservedBytes;

    MemoryGate(MediaMemory memory) {
        this.memory = memory;
    }

    /** Whether a fragment of so many bytes fits if nothing else is there. */
    boolean canEverTake(long bytes) {
        return bytes + ROUNDING_BYTES <= memory.budgetBytes();
    }

    /** Waits for room. To be followed by {@link #leave} when the fragment is in memory, or not. */
    synchronized void enter(long bytes) throws InterruptedException {
        while (memory.usedBytes() + reservedBytes + bytes + ROUNDING_BYTES > memory.budgetBytes()) {
            wait(LOOK.toMillis());
        }
        reservedBytes += bytes + ROUNDING_BYTES;
    }

    synchronized void leave(long bytes) {
        reservedBytes -= bytes + ROUNDING_BYTES;
        notifyAll();
    }
}
