package io.gapless.rtp.av1;

import static java.util.Objects.requireNonNull;

import io.gapless.media.codec.Obus;
import io.gapless.rtp.PayloadSink;
import io.gapless.rtp.VideoDepacketizer;
import java.nio.ByteBuffer;

/**
 * OBU elements out of packets, by their aggregation header (RTP Payload Format For AV1, sections
 * 4.3 and 4.4). Its bit N, that a coded video sequence begins, is not needed: the OBUs say so.
 */
public final class Av1Depacketizer implements VideoDepacketizer {
    /** Z: the first element goes on with the OBU that the packet before left unfinished. */
    private static final int CONTINUES = 0x80;

    /** Y: the last element leaves its OBU unfinished. */
    private static final int UNFINISHED = 0x40;

    private final PayloadSink sink;
    private boolean inObu;

    public Av1Depacketizer(PayloadSink sink) {
        this.sink = requireNonNull(sink, "sink is null");
    }

    @Override
    public void packetsLost() {
        inObu = false;
    }

    @Override
    public void packet(ByteBuffer payload) {
        if (!payload.hasRemaining()) {
            return;
        }
        int header = payload.get();
        boolean continues = (header & CONTINUES) != 0;
        boolean unfinished = (header & UNFINISHED) != 0;
        boolean follows = continues && inObu;
        inObu = false;
        if ((continues && !follows) || !elements(payload, (header >> 4) & 3, follows, unfinished)) {
            sink.broken();
        } else {
            inObu = unfinished;
        }
    }

    /**
     * @param count W: how many elements, of which the last has no length; 0 if that is not said,
     *     and all have one
     * @return whether their lengths add up
     */
    private boolean elements(ByteBuffer payload, int count, boolean follows, boolean unfinished) {
        int limit = payload.limit();
        int elements = 0;
        while (payload.hasRemaining()) {
            elements++;
            int size = elements == count ? payload.remaining() : Obus.leb128(payload);
            if (size < 0 || size > payload.remaining()) {
                return false;
            }
            int end = payload.position() + size;
            if (elements > 1 || !follows) {
                sink.begin();
            }
            sink.append(payload.limit(end));
            payload.limit(limit).position(end);
            if (end < limit || !unfinished) {
                sink.end();
            }
        }
        return elements >= Math.max(1, count);
    }
}
