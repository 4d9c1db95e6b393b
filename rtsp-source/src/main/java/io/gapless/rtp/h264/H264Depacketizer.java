package io.gapless.rtp.h264;

import static java.util.Objects.requireNonNull;

import io.gapless.rtp.PayloadSink;
import io.gapless.rtp.VideoDepacketizer;
import java.nio.ByteBuffer;

/**
 * Single NAL unit packets, STAP-A and FU-A (RFC 6184 sections 5.6 to 5.8), whatever
 * packetization-mode was announced.
 */
public final class H264Depacketizer implements VideoDepacketizer {
    private static final int STAP_A = 24;
    private static final int FU_A = 28;
    private static final int START_BIT = 0x80;
    private static final int END_BIT = 0x40;

    private final PayloadSink sink;
    private final ByteBuffer header = ByteBuffer.allocateDirect(1);
    private boolean inFragmented;

    public H264Depacketizer(PayloadSink sink) {
        this.sink = requireNonNull(sink, "sink is null");
    }

    @Override
    public void packet(ByteBuffer payload) {
        if (!payload.hasRemaining()) {
            return;
        }
        int type = payload.get(payload.position()) & 0x1F;
        if (type == FU_A) {
            fragment(payload);
            return;
        }
        endUnfinished();
        if (type == STAP_A) {
            aggregate(payload);
        } else if (type < STAP_A) {
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

    /** Zero padding after the last NAL unit reads as a size of 0 (seen in cameras). */
    private void aggregate(ByteBuffer payload) {
        payload.get();
        int limit = payload.limit();
        while (payload.remaining() > 2) {
            int size = payload.getShort() & 0xFFFF;
            if (size == 0) {
                return;
            }
            if (size > payload.remaining()) {
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
        if (payload.remaining() < 2) {
            return;
        }
        int indicator = payload.get();
        int fuHeader = payload.get();
        // Empty fragments were seen; they say nothing, unless that the NAL unit ends.
        if (!payload.hasRemaining() && (fuHeader & END_BIT) == 0) {
            return;
        }
        if ((fuHeader & START_BIT) != 0) {
            endUnfinished();
            begin((indicator & 0xE0) | (fuHeader & 0x1F));
        } else if (!inFragmented) {
            sink.broken();
            return;
        }
        // The type of later fragments is ignored: Tiandy cameras change it.
        sink.append(payload);
        if ((fuHeader & END_BIT) != 0) {
            inFragmented = false;
            sink.end();
        }
    }

    private void begin(int nalHeader) {
        inFragmented = true;
        sink.begin();
        sink.append(header.clear().put(0, (byte) nalHeader));
    }
}
