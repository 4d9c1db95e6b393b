package io.gapless.ring.server;

import io.gapless.ring.RingFile;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FileRegion;
import io.netty.handler.stream.ChunkedInput;
import java.io.IOException;

/**
 * Bytes of a file in pieces that go from the disk's cache to the socket without passing through
 * this process. In pieces, so that the bound on bytes per second can tell them apart. Used by the
 * connection's event loop.
 */
final class FilePieces implements ChunkedInput<FileRegion> {
    static final int PIECE_BYTES = 64 << 10;

    private final RingFile file;
    private final ByteRange range;
    private long at;

    /** Takes over the file, which is closed with this. */
    FilePieces(RingFile file, long offset, ByteRange range) {
        this.file = file;
        this.range = new ByteRange(offset + range.from(), offset + range.to());
        this.at = this.range.from();
    }

    @Override
    public FileRegion readChunk(ByteBufAllocator allocator) {
        long count = Math.min(PIECE_BYTES, range.to() - at);
        FileRegion piece = new Piece(file, at, count);
        at += count;
        return piece;
    }

    @Override
    @SuppressWarnings("deprecation") // still to be there
    public FileRegion readChunk(ChannelHandlerContext context) {
        return readChunk(context.alloc());
    }

    @Override
    public boolean isEndOfInput() {
        return at == range.to();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    @Override
    public long length() {
        return range.sizeBytes();
    }

    @Override
    public long progress() {
        return at - range.from();
    }

    /** Leaves the file open for the next piece. */
    private static final class Piece extends DefaultFileRegion {
        Piece(RingFile file, long position, long count) {
            super(file.channel(), position, count);
        }

        @Override
        protected void deallocate() {}
    }
}
