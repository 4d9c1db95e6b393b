package io.gapless.archive.read;

import static java.util.Objects.requireNonNull;

import io.gapless.media.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Answers small reads from a window of {@link #WINDOW_BYTES}, about what a data node has to
 * checksum for them anyway, so that neighbouring boxes cost one round trip. Large reads go through.
 */
final class WindowedSource implements ByteSource {
    static final int WINDOW_BYTES = 4096;

    private final ByteSource source;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
    private long windowStart;
    private long roundTrips;

    WindowedSource(ByteSource source) {
        this.source = requireNonNull(source, "source is null");
    }

    @Override
    public long sizeBytes() {
        return source.sizeBytes();
    }

    /** How often the source was asked so far. */
    long roundTrips() {
        return roundTrips;
    }

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        int count = target.remaining();
        if (position < 0 || position + count > sizeBytes()) {
            throw new EOFException(
                    "%d bytes at %d of a file of %d bytes".formatted(count, position, sizeBytes()));
        }
        if (count > WINDOW_BYTES) {
            roundTrips++;
            source.read(position, target);
            return;
        }
        if (position < windowStart || position + count > windowStart + window.limit()) {
            moveWindow(position);
        }
        target.put(window.slice((int) (position - windowStart), count));
    }

    private void moveWindow(long position) throws IOException {
        int count = (int) Math.min(WINDOW_BYTES, sizeBytes() - position);
        window.limit(0);
        roundTrips++;
        source.read(position, window.duplicate().clear().limit(count));
        windowStart = position;
        window.limit(count);
    }
}
