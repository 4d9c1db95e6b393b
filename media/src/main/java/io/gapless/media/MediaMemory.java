package io.gapless.media;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * All memory for video of one process: chunks of one size outside the Java heap, at most as many as
 * the budget allows. Memory is taken from the system a slab at a time as it is first needed and
 * then kept, so the budget is also the high-water mark. Freed chunks are reused last in, first out,
 * while they are still in the processor's cache.
 *
 * <p>Safe for use by any number of threads; a place where threads meet, hence the lock, which is
 * held for a few instructions. At the bound {@link #take} answers nothing at once; it never waits.
 *
 * <p>If the process may not have as much memory as the budget ({@code -XX:MaxDirectMemorySize}),
 * what it could have becomes the budget, for asking again would stop the caller for half a second
 * each time.
 */
public final class MediaMemory {
    /** Small enough for a slow camera's fragment, large enough to be rare on the hot path. */
    public static final int CHUNK_BYTES = 64 * 1024;

    private static final int SLAB_CHUNKS = 64;

    private int budgetChunks;
    private final ArrayDeque<Chunk> free = new ArrayDeque<>();
    private int allocated;
    private int used;
    private int highWater;

    /**
     * @param budgetBytes at least one chunk; rounded down to whole chunks
     */
    public MediaMemory(long budgetBytes) {
        if (budgetBytes < CHUNK_BYTES) {
            throw new IllegalArgumentException(
                    "a budget of %d bytes is less than one chunk of %d"
                            .formatted(budgetBytes, CHUNK_BYTES));
        }
        this.budgetChunks = Math.toIntExact(Math.min(budgetBytes / CHUNK_BYTES, Integer.MAX_VALUE));
    }

    public synchronized long budgetBytes() {
        return (long) budgetChunks * CHUNK_BYTES;
    }

    public synchronized long usedBytes() {
        return (long) used * CHUNK_BYTES;
    }

    /** The most that was ever in use at once. */
    public synchronized long highWaterBytes() {
        return (long) highWater * CHUNK_BYTES;
    }

    /** An empty buffer that grows within the budget. */
    public MediaBuffer newBuffer() {
        return new MediaBuffer(this);
    }

    /** A chunk with one reference, or nothing if the budget is used up. */
    synchronized Optional<Chunk> take() {
        if (free.isEmpty()) {
            allocateSlab();
        }
        Chunk chunk = free.pollLast();
        if (chunk == null) {
            return Optional.empty();
        }
        used++;
        highWater = Math.max(highWater, used);
        chunk.references.set(1);
        return Optional.of(chunk);
    }

    private void allocateSlab() {
        int chunks = Math.min(SLAB_CHUNKS, budgetChunks - allocated);
        if (chunks == 0) {
            return;
        }
        ByteBuffer slab;
        try {
            slab = ByteBuffer.allocateDirect(chunks * CHUNK_BYTES);
        } catch (OutOfMemoryError e) {
            budgetChunks = allocated;
            return;
        }
        for (int i = 0; i < chunks; i++) {
            free.addLast(new Chunk(this, slab.slice(i * CHUNK_BYTES, CHUNK_BYTES)));
        }
        allocated += chunks;
    }

    synchronized void giveBack(Chunk chunk) {
        used--;
        free.addLast(chunk);
    }
}
