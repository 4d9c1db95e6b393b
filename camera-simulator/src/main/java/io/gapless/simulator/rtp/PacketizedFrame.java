package io.gapless.simulator.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * An access unit laid out as RTP packets, computed once and sent many times: a session copies it
 * and patches what is its own ({@link RtpStream#stamp}). Packets stand one after the other, each
 * behind the four bytes of RFC 2326 section 10.12 ({@code $}, channel, length), so that over TCP
 * the whole is one write.
 *
 * <p>Immutable, for any thread.
 */
public final class PacketizedFrame {
    private final ByteBuf packets;
    private final int markAt;
    private final byte[] beforeMark;
    private final int packetCount;

    /**
     * @param layout the packets, which are copied off the heap
     * @param markAt where the packet with the frame's mark is inserted
     */
    PacketizedFrame(ByteBuf layout, int markAt) {
        this(layout, markAt, new byte[0]);
    }

    /**
     * @param beforeMark what stands in the mark's packet before it; if anything, then it is the
     *     last
     */
    PacketizedFrame(ByteBuf layout, int markAt, byte[] beforeMark) {
        ByteBuffer direct = ByteBuffer.allocateDirect(layout.readableBytes());
        layout.getBytes(layout.readerIndex(), direct);
        packets = Unpooled.wrappedBuffer(direct.flip());
        this.markAt = markAt;
        this.beforeMark = beforeMark;
        packetCount = Packets.count(packets);
    }

    /** Packets without the one of the mark. */
    public int packetCount() {
        return packetCount;
    }

    /** Bytes without the packet of the mark. */
    public int sizeBytes() {
        return packets.readableBytes();
    }

    /** Appends the frame as it is. */
    public void writeTo(ByteBuf out) {
        out.writeBytes(packets, packets.readerIndex(), packets.readableBytes());
    }

    /** Appends the frame with the NAL unit of its mark in a packet before the first slice. */
    public void writeTo(ByteBuf out, ByteBuffer mark, int payloadType) {
        out.writeBytes(packets, 0, markAt);
        boolean last = beforeMark.length > 0;
        Packets.header(out, payloadType, beforeMark.length + mark.remaining(), last);
        out.writeBytes(beforeMark).writeBytes(mark);
        out.writeBytes(packets, markAt, packets.readableBytes() - markAt);
    }
}
