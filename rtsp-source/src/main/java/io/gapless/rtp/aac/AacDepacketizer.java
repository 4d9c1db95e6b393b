package io.gapless.rtp.aac;

import static java.util.Objects.requireNonNull;

import io.gapless.rtp.AudioDepacketizer;
import io.gapless.rtp.AudioSink;
import java.nio.ByteBuffer;

/**
 * Access units with AU headers before them, several in a packet or one over several packets (RFC
 * 3640 section 3.2). Some cameras wrap the access unit in an ADTS frame; that is taken off.
 */
public final class AacDepacketizer implements AudioDepacketizer {
    private static final int LARGEST_ACCESS_UNIT_BYTES = 16 * 1024;
    private static final int ADTS_BYTES = 7;

    private final AacFormat format;
    private final AudioSink sink;

    /** An access unit that comes in several packets, each of which tells its whole size. */
    private final ByteBuffer fragmented = ByteBuffer.allocateDirect(LARGEST_ACCESS_UNIT_BYTES);

    private int fragmentedBytes;

    public AacDepacketizer(AacFormat format, AudioSink sink) {
        this.format = requireNonNull(format, "format is null");
        this.sink = requireNonNull(sink, "sink is null");
    }

    @Override
    public void packetsLost() {
        fragmentedBytes = 0;
    }

    @Override
    public void packet(ByteBuffer payload, int rtpTimestamp, boolean marker) {
        if (payload.remaining() < 2) {
            return;
        }
        int headerBits = payload.getShort() & 0xFFFF;
        int headers = payload.position();
        int data = headers + (headerBits + 7) / 8;
        if (data > payload.limit() || headerBits < format.sizeBits()) {
            return;
        }
        int count = 1 + (headerBits - bitsOf(0)) / bitsOf(1);
        if (count == 1) {
            one(payload, data, size(payload, headers, 0), rtpTimestamp, marker);
        } else {
            several(payload, headers, data, count, rtpTimestamp);
        }
    }

    private int bitsOf(int header) {
        return format.sizeBits() + (header == 0 ? format.indexBits() : format.indexDeltaBits());
    }

    private int size(ByteBuffer payload, int headers, int header) {
        int bit = header == 0 ? 0 : bitsOf(0) + (header - 1) * bitsOf(1);
        int size = 0;
        for (int i = bit; i < bit + format.sizeBits(); i++) {
            int b = payload.get(headers + i / 8) >> (7 - i % 8) & 1;
            size = size << 1 | b;
        }
        return size;
    }

    private void one(ByteBuffer payload, int data, int size, int rtpTimestamp, boolean marker) {
        payload.position(data);
        if (fragmentedBytes == 0 && size <= payload.remaining()) {
            emit(payload.limit(data + size), rtpTimestamp);
        } else {
            fragment(payload, size, rtpTimestamp, marker);
        }
    }

    private void fragment(ByteBuffer payload, int size, int rtpTimestamp, boolean marker) {
        if (fragmentedBytes == 0) {
            fragmented.clear();
        }
        if (payload.remaining() > fragmented.remaining()) {
            fragmentedBytes = 0;
            return;
        }
        fragmented.put(payload);
        fragmentedBytes = fragmented.position();
        if (marker || fragmentedBytes >= size) {
            boolean whole = fragmentedBytes == size;
            fragmentedBytes = 0;
            if (whole) {
                emit(fragmented.flip(), rtpTimestamp);
            }
        }
    }

    private void several(ByteBuffer payload, int headers, int data, int count, int rtpTimestamp) {
        fragmentedBytes = 0;
        int limit = payload.limit();
        int at = data;
        for (int i = 0; i < count; i++) {
            int size = size(payload, headers, i);
            if (at + size > limit) {
                return;
            }
            payload.limit(at + size).position(at);
            emit(payload, rtpTimestamp + i * format.samples());
            payload.limit(limit);
            at += size;
        }
    }

    private void emit(ByteBuffer accessUnit, int rtpTimestamp) {
        if (isAdts(accessUnit)) {
            boolean checksum = (accessUnit.get(accessUnit.position() + 1) & 1) == 0;
            int header = checksum ? ADTS_BYTES + 2 : ADTS_BYTES;
            accessUnit.position(Math.min(accessUnit.limit(), accessUnit.position() + header));
        }
        if (accessUnit.hasRemaining()) {
            sink.accessUnit(accessUnit, rtpTimestamp, format.samples());
        }
    }

    /** Sync word, and a frame length that is the access unit's (ISO 14496-3, 1.A.2.2). */
    private static boolean isAdts(ByteBuffer unit) {
        int at = unit.position();
        if (unit.remaining() <= ADTS_BYTES || (unit.getShort(at) & 0xFFF6) != 0xFFF0) {
            return false;
        }
        int length = (unit.getInt(at + 3) >>> 13) & 0x1FFF;
        return length == unit.remaining();
    }
}
