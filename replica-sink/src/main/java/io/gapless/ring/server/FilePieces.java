package io.gapless.ring.server;

import io.gapless.ring.RingReading;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Bytes of a file in pieces, each of which the disk's own threads read while the one before is
 * sent. A disk that hangs ends this answer and holds up no other. Used by the connection's event
 * loop, which never reads.
 *
 * <p>They could go from the disk's cache to the socket without passing through this process
 * (sendfile), but then the event loop, and all connections with it, would wait for the disk.
 */
final class FilePieces implements ChunkedInput<ByteBuf> {
    static final int PIECE_BYTES = 64 << 10;

    private final ChannelHandlerContext context;
    private final RingReading reading;
    private final long offset;
    private final ByteRange range;
    private final Duration diskTimeout;

    /** Up to here the disk was asked for bytes, and up to there they were sent. */
    private long askedTo;

    private long sentTo;
    private Optional<ByteBuf> ready = Optional.empty();
    private Optional<IOException> failure = Optional.empty();
    private Optional<ScheduledFuture<?>> patience = Optional.empty();
    private boolean closed;

    /**
     * Takes over the reading, which is closed with this.
     *
     * @param offset of the fragment in the file
     * @param range of the fragment
     * @param diskTimeout how long a piece may take
     */
    FilePieces(
            ChannelHandlerContext context,
            RingReading reading,
            long offset,
            ByteRange range,
            Duration diskTimeout) {
        this.context = context;
        this.reading = reading;
        this.offset = offset;
        this.range = range;
        this.diskTimeout = diskTimeout;
        this.askedTo = range.from();
        this.sentTo = range.from();
    }

    /** The next piece; none if the disk has still to bring it, which resumes the transfer. */
    @Override
    public ByteBuf readChunk(ByteBufAllocator allocator) throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (ready.isEmpty()) {
            ask(allocator);
            return null;
        }
        ByteBuf piece = ready.get();
        ready = Optional.empty();
        sentTo += piece.readableBytes();
        ask(allocator);
        return piece;
    }

    private void ask(ByteBufAllocator allocator) {
        if (askedTo > sentTo || askedTo == range.to()) {
            return; // under way, or all is read
        }
        int count = (int) Math.min(PIECE_BYTES, range.to() - askedTo);
        ByteBuf piece = allocator.ioBuffer(count, count);
        long position = offset + askedTo;
        askedTo += count;
        patience =
                Optional.of(
                        context.executor()
                                .schedule(
                                        () -> came(Optional.of(tooLate())),
                                        diskTimeout.toMillis(),
                                        TimeUnit.MILLISECONDS));
        reading.read(
                position,
                piece.nioBuffer(0, count),
                failed -> onLoop(piece.writerIndex(count), failed));
    }

    private IOException tooLate() {
        return new IOException("the disk has not answered for " + diskTimeout);
    }

    /** On a thread of the disk. */
    private void onLoop(ByteBuf piece, Optional<IOException> failed) {
        try {
            context.executor().execute(() -> came(piece, failed));
        } catch (java.util.concurrent.RejectedExecutionException e) {
            piece.release(); // the server ends
        }
    }

    private void came(ByteBuf piece, Optional<IOException> failed) {
        if (closed || failed.isPresent() || failure.isPresent()) {
            piece.release();
        } else {
            ready = Optional.of(piece);
        }
        came(failed);
    }

    private void came(Optional<IOException> failed) {
        patience.ifPresent(p -> p.cancel(false));
        failure = failure.or(() -> failed);
        if (!closed) {
            context.pipeline().get(ChunkedWriteHandler.class).resumeTransfer();
        }
    }

    @Override
    @SuppressWarnings("deprecation") // still to be there
    public ByteBuf readChunk(ChannelHandlerContext unused) throws IOException {
        return readChunk(context.alloc());
    }

    @Override
    public boolean isEndOfInput() {
        return sentTo == range.to();
    }

    @Override
    public void close() {
        closed = true;
        patience.ifPresent(p -> p.cancel(false));
        ready.ifPresent(ByteBuf::release);
        ready = Optional.empty();
        reading.close();
    }

    @Override
    public long length() {
        return range.sizeBytes();
    }

    @Override
    public long progress() {
        return sentTo - range.from();
    }
}
