package io.gapless.rtp.h265;

import static java.util.Objects.requireNonNull;

import io.gapless.rtp.PayloadSink;
import io.gapless.rtp.VideoDepacketizer;
import java.nio.ByteBuffer;

/**
 * Single NAL unit packets, aggregation packets and fragmentation units (RFC 7798 sections 4.4.1 to
 * 4.4.3), without decoding order numbers: no camera was seen to send them.
 */
public final class H265Depacketizer implements VideoDepacketizer {
    private static final int AGGREGATION = 48;
    private static final int FRAGMENTATION = 49;
    private static final int HEADER_BYTES = 2;
    private static final int START_BIT = 0x80;
    private static final int END_BIT = 0x40;

    private final PayloadSink sink;
    private final ByteBuffer header = ByteBuffer.allocateDirect(HEADER_BYTES);
    private boolean inFragmented;

    public H265Depacketizer(PayloadSink sink) {
        this.sink = requireNonNull(sink, "sink is null");
    }

    @Override
    public void packet(ByteBuffer payload) {
        if (payload.remaining() < HEADER_BYTES) {
            return;
        }
        int type = (payload.get(payload.position()) >> 1) & 0x3F;
        if (type == FRAGMENTATION) {
            fragment(payload);
            return;
        }
        endUnfinished();
        if (type == AGGREGATION) {
            aggregate(payload);
        } else if (type < AGGREGATION) {
            single(payload);
        }
    }

    @Override
    public void packetsLost() {
        inFragmented = false;
    }

    private void endUnfinished() {
        if (inFragmented) {
            inFragmented = false;
            sink.broken();
        }
    }

    private void single(ByteBuffer nal) {
        sink.begin();
        sink.append(nal);
        sink.end();
    }

    private void aggregate(ByteBuffer payload) {
        payload.position(payload.position() + HEADER_BYTES);
        int limit = payload.limit();
        while (payload.remaining() > 2) {
            int size = payload.getShort() & 0xFFFF;
            if (size == 0) {
                return;
            }
            if (size > payload.remaining() || size < HEADER_BYTES) {
                sink.broken();
                return;
            }
            int end = payload.position() + size;
            payload.limit(end);
            single(payload);
            payload.limit(limit).position(end);
        }
    }

    private void fragment(ByteBuffer payload) {
        if (payload.remaining() < HEADER_BYTES + 1) {
            return;
        }
        int first = payload.get();
        int second = payload.get();
        int fuHeader = payload.get();
        if (!payload.hasRemaining() && (fuHeader & END_BIT) == 0) {
            return;
        }
        if ((fuHeader & START_BIT) != 0) {
            endUnfinished();
            begin((first & 0x81) | (fuHeader & 0x3F) << 1, second);
        } else if (!inFragmented) {
            sink.broken();
            return;
        }
        sink.append(payload);
        if ((fuHeader & END_BIT) != 0) {
            inFragmented = false;
            sink.end();
        }
    }

    private void begin(int firstHeaderByte, int secondHeaderByte) {
        inFragmented = true;
        sink.begin();
        header.clear().put(0, (byte) firstHeaderByte).put(1, (byte) secondHeaderByte);
        sink.append(header);
    }
}
