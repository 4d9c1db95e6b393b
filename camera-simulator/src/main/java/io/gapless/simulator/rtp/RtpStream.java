package io.gapless.simulator.rtp;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * What one session gives to one track: SSRC, sequence numbers and time stamps from random starts
 * (RFC 3550 section 5.1), and the counts of the sender reports. Owned by the session's event loop.
 */
public final class RtpStream {
    private final int ssrc;
    private final int timestampBase;
    private final int channel;
    private int nextSequence;
    private long packets;
    private long payloadBytes;

    /**
     * @param channel the interleaved channel of the RTP packets; RTCP uses the next
     */
    public RtpStream(RandomGenerator random, int channel) {
        ssrc = random.nextInt();
        timestampBase = random.nextInt();
        nextSequence = random.nextInt(1 << 16);
        this.channel = channel;
    }

    /** Makes the packets from an index to the end of a buffer this stream's. */
    public void stamp(ByteBuf out, int from, long ticks) {
        ByteBuffer view = out.nioBuffer(from, out.writerIndex() - from);
        int timestamp = timestamp(ticks);
        int at = 0;
        while (at < view.limit()) {
            int bytes = Short.toUnsignedInt(view.getShort(at + 2));
            view.put(at + 1, (byte) channel).putShort(at + 6, (short) nextSequence++);
            view.putInt(at + 8, timestamp).putInt(at + 12, ssrc);
            packets++;
            payloadBytes += bytes - Packets.RTP_HEADER_BYTES;
            at += Packets.PREFIX_BYTES + bytes;
        }
    }

    /** Counts packets that are never sent, so that the receiver sees them missing. */
    public void skip(int count) {
        nextSequence += count;
    }

    /** The 32-bit RTP time of ticks counted from the camera's start. */
    public int timestamp(long ticks) {
        return timestampBase + (int) ticks;
    }

    public int nextSequence() {
        return nextSequence & 0xffff;
    }

    public int ssrc() {
        return ssrc;
    }

    public int channel() {
        return channel;
    }

    long packets() {
        return packets;
    }

    long payloadBytes() {
        return payloadBytes;
    }
}
