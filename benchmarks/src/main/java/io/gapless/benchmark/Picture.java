package io.gapless.benchmark;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A coded picture of one slice, as a camera sends it: RTP packets of fragmentation units (RFC 6184
 * section 5.8), outside the heap as received.
 */
final class Picture {
    private static final int PAYLOAD_BYTES = 1400;
    private static final int RTP_HEADER_BYTES = 12;
    private static final int FU_A = 0x7C;
    private static final int START = 0x80;
    private static final int END = 0x40;
    private static final int IDR = 5;
    private static final int NON_IDR = 1;

    private final List<ByteBuffer> packets = new ArrayList<>();

    /**
     * @param bytes of the slice, random but without zeros, as a start code must not be found
     */
    Picture(boolean key, int bytes) {
        Random random = new Random(bytes);
        int left = bytes;
        while (left > 0) {
            int count = Math.min(left, PAYLOAD_BYTES);
            boolean first = packets.isEmpty();
            boolean last = count == left;
            ByteBuffer packet = ByteBuffer.allocateDirect(RTP_HEADER_BYTES + 2 + count);
            packet.put((byte) 0x80).put((byte) (last ? 0x80 | 96 : 96));
            packet.position(RTP_HEADER_BYTES).put((byte) FU_A);
            packet.put((byte) ((first ? START : 0) | (last ? END : 0) | (key ? IDR : NON_IDR)));
            while (packet.hasRemaining()) {
                packet.put((byte) (1 + random.nextInt(255)));
            }
            packets.add(packet.flip());
            left -= count;
        }
    }

    /** In order; each from position 0 to its limit. Positions and limits are the reader's. */
    List<ByteBuffer> packets() {
        return packets;
    }

    /** Numbers the packets for the next time that they are sent. */
    int stamp(int firstSequence, int timestamp) {
        int sequence = firstSequence;
        for (ByteBuffer packet : packets) {
            packet.clear().putShort(2, (short) sequence++).putInt(4, timestamp);
        }
        return sequence;
    }
}
