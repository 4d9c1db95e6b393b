package io.gapless.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bytes outside the Java heap that grow at their end. A growing buffer can hand off its beginning
 * as a buffer of its own without copying ({@link #cut}), which is how one stream of access units
 * becomes fragments.
 *
 * <p>One owner thread at a time. Positions count from the start of this buffer.
 */
public final class MediaBuffer {
    private final MediaMemory memory;
    private final List<Chunk> chunks = new ArrayList<>();

    /** Offset of the first byte in the first chunk, where a cut fell inside a chunk. */
    private int first;

    private long size;

    MediaBuffer(MediaMemory memory) {
        this.memory = memory;
    }

    public long sizeBytes() {
        return size;
    }

    /** Whose budget the bytes count against. */
    public MediaMemory memory() {
        return memory;
    }

    /**
     * Appends what remains of {@code source}, all of it or, if the budget is used up, none of it.
     *
     * @return whether there was room
     */
    public boolean append(ByteBuffer source) {
        if (!reserve(source.remaining())) {
            return false;
        }
        while (source.hasRemaining()) {
            long at = first + size;
            int count = Math.min(source.remaining(), MediaMemory.CHUNK_BYTES - offset(at));
            chunk(at).bytes.put(offset(at), source, source.position(), count);
            source.position(source.position() + count);
            size += count;
        }
        return true;
    }

    /** Appends a 32-bit big-endian number; false if the budget is used up. */
    public boolean appendInt(int value) {
        if (!reserve(Integer.BYTES)) {
            return false;
        }
        size += Integer.BYTES;
        putInt(size - Integer.BYTES, value);
        return true;
    }

    /** Overwrites 4 bytes at {@code position} with a big-endian number. */
    public void putInt(long position, int value) {
        checkRange(position, Integer.BYTES);
        for (int i = 0; i < Integer.BYTES; i++) {
            long at = first + position + i;
            chunk(at).bytes.put(offset(at), (byte) (value >>> (24 - 8 * i)));
        }
    }

    public byte get(long position) {
        checkRange(position, 1);
        long at = first + position;
        return chunk(at).bytes.get(offset(at));
    }

    /** The big-endian number in the 4 bytes at {@code position}. */
    public int getInt(long position) {
        checkRange(position, Integer.BYTES);
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = value << 8 | (get(position + i) & 0xFF);
        }
        return value;
    }

    /** Forgets everything from {@code newSize} on. */
    public void truncate(long newSize) {
        checkRange(newSize, 0);
        size = newSize;
        int needed = chunksFor(first + size);
        while (chunks.size() > needed) {
            chunks.remove(chunks.size() - 1).release();
        }
    }

    /**
     * Moves the first {@code length} bytes into a buffer of their own; this buffer keeps the rest.
     * The chunk at the seam is shared. The two may then be owned by different threads: the one cut
     * off is never written again.
     */
    public MediaBuffer cut(long length) {
        checkRange(length, 0);
        MediaBuffer head = new MediaBuffer(memory);
        head.first = first;
        head.size = length;
        long end = first + length;
        int whole = (int) (end / MediaMemory.CHUNK_BYTES);
        for (int i = 0; i < whole; i++) {
            head.chunks.add(chunks.get(i));
        }
        if (end % MediaMemory.CHUNK_BYTES != 0) {
            Chunk shared = chunks.get(whole);
            shared.retain();
            head.chunks.add(shared);
        }
        chunks.subList(0, whole).clear();
        first = (int) (end % MediaMemory.CHUNK_BYTES);
        size -= length;
        return head;
    }

    /**
     * The bytes [position, position + length) as views of the chunks that hold them, in order. The
     * views are valid until this buffer is released, and read-only by convention.
     */
    public List<ByteBuffer> views(long position, long length) {
        checkRange(position, length);
        List<ByteBuffer> views = new ArrayList<>(chunks.size());
        long at = first + position;
        long end = at + length;
        while (at < end) {
            int from = offset(at);
            int count = (int) Math.min(end - at, MediaMemory.CHUNK_BYTES - from);
            views.add(chunk(at).bytes.slice(from, count));
            at += count;
        }
        return views;
    }

    /** All bytes, as {@link #views(long, long)}. */
    public List<ByteBuffer> views() {
        return views(0, size);
    }

    /** Gives the memory back; the buffer is empty afterwards and must not be used again. */
    public void release() {
        chunks.forEach(Chunk::release);
        chunks.clear();
        first = 0;
        size = 0;
    }

    /** Takes chunks until {@code more} bytes fit; takes none if they do not all fit. */
    private boolean reserve(int more) {
        int before = chunks.size();
        int needed = chunksFor(first + size + more);
        while (chunks.size() < needed) {
            Optional<Chunk> chunk = memory.take();
            if (chunk.isEmpty()) {
                while (chunks.size() > before) {
                    chunks.remove(chunks.size() - 1).release();
                }
                return false;
            }
            chunks.add(chunk.get());
        }
        return true;
    }

    private Chunk chunk(long at) {
        return chunks.get((int) (at / MediaMemory.CHUNK_BYTES));
    }

    private static int offset(long at) {
        return (int) (at % MediaMemory.CHUNK_BYTES);
    }

    private static int chunksFor(long bytes) {
        return (int) ((bytes + MediaMemory.CHUNK_BYTES - 1) / MediaMemory.CHUNK_BYTES);
    }

    private void checkRange(long position, long length) {
        if (position < 0 || length < 0 || position + length > size) {
            throw new IndexOutOfBoundsException(
                    "bytes [%d, %d) of a buffer of %d"
                            .formatted(position, position + length, size));
        }
    }
}
