package io.gapless.simulator.rtp;

import io.gapless.simulator.content.FrameMark;
import io.netty.buffer.ByteBuf;

/**
 * The layout of interleaved RTP packets in a buffer: {@code $}, channel, 16-bit length, then the
 * twelve bytes of the RTP header (RFC 3550 section 5.1) and the payload.
 */
public final class Packets {
    /** The four bytes before each packet that only TCP needs. */
    public static final int PREFIX_BYTES = 4;

    static final int RTP_HEADER_BYTES = 12;

    private Packets() {}

    /** Appends prefix and RTP header of a packet; channel, number, time and SSRC are left open. */
    static void header(ByteBuf out, int payloadType, int payloadBytes, boolean marker) {
        out.writeByte('$').writeByte(0).writeShort(RTP_HEADER_BYTES + payloadBytes);
        out.writeByte(0x80).writeByte((marker ? 0x80 : 0) | payloadType);
        out.writeZero(RTP_HEADER_BYTES - 2);
    }

    /** Bytes of the packet whose prefix is at an index, prefix included. */
    public static int sizeAt(ByteBuf packets, int index) {
        return PREFIX_BYTES + packets.getUnsignedShort(index + 2);
    }

    /**
     * Whether the packet whose prefix is at an index carries a frame's mark, and its picture
     * follows. That of a JPEG picture stands in the last packet, without which there is no picture.
     */
    public static boolean isMarkBeforePicture(ByteBuf packets, int index) {
        boolean last = (packets.getByte(index + PREFIX_BYTES + 1) & 0x80) != 0;
        return !last && FrameMark.isAt(packets, index + PREFIX_BYTES + RTP_HEADER_BYTES);
    }

    static int count(ByteBuf packets) {
        int count = 0;
        for (int at = packets.readerIndex();
                at < packets.writerIndex();
                at += sizeAt(packets, at)) {
            count++;
        }
        return count;
    }
}
