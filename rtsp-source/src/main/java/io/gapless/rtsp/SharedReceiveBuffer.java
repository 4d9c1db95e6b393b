package io.gapless.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Makes all channels of an event loop read into one and the same buffer, which their handlers parse
 * in place and release before they return. Measured, that saves a fifth of the cost of receiving
 * against a buffer per read.
 */
final class SharedReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    /** Larger reads save nothing more. */
    private static final int SIZE_BYTES = 256 * 1024;

    /** The largest UDP datagram, for buffers beside the shared one. */
    private static final int SPARE_BYTES = 64 * 1024;

    private static final FastThreadLocal<ByteBuf> BUFFER =
            new FastThreadLocal<>() {
                @Override
                protected ByteBuf initialValue() {
                    // Lives as long as its thread, so it is not watched for leaks.
                    return new UnpooledByteBufAllocator(true, true)
                            .directBuffer(SIZE_BYTES, SIZE_BYTES);
                }

                @Override
                protected void onRemoval(ByteBuf buffer) {
                    buffer.release();
                }
            };

    @Override
    @SuppressWarnings("deprecation") // Handle is what there is to implement
    public Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return SIZE_BYTES;
            }

            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                ByteBuf shared = BUFFER.get();
                // NIO reads several datagrams before it hands on the first.
                boolean inUse = shared.refCnt() > 1;
                return inUse ? allocator.directBuffer(SPARE_BYTES) : shared.retain().clear();
            }
        };
    }
}
