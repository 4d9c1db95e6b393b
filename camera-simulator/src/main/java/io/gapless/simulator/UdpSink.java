package io.gapless.simulator;

import io.gapless.simulator.rtp.Packets;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Packets as datagrams to one client. A frame leaves in small bursts, as from a camera on a 100
 * Mbit/s line: the client's socket buffer would not hold a key frame that comes at once. Owned by
 * the session's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // datagrams may get lost
final class UdpSink implements PacketSink {
    private static final int BURST_PACKETS = 16;
    private static final long BURST_MICROS = 1_000;
    private static final int MAX_QUEUED_FRAMES = 64;

    private final EventLoop eventLoop;
    private final UdpPorts ports;
    private final InetSocketAddress rtp;
    private final InetSocketAddress rtcp;
    private final Queue<ByteBuf> frames = new ArrayDeque<>();
    private boolean sending;

    UdpSink(EventLoop eventLoop, UdpPorts ports, InetSocketAddress rtp, InetSocketAddress rtcp) {
        this.eventLoop = eventLoop;
        this.ports = ports;
        this.rtp = rtp;
        this.rtcp = rtcp;
    }

    @Override
    public boolean isReady() {
        return frames.size() < MAX_QUEUED_FRAMES;
    }

    @Override
    public void sendRtp(ByteBuf packets) {
        frames.add(packets);
        if (!sending) {
            sendBurst();
        }
    }

    private void sendBurst() {
        int budget = BURST_PACKETS;
        while (budget > 0 && !frames.isEmpty()) {
            ByteBuf frame = frames.element();
            while (budget > 0 && frame.isReadable()) {
                int size = Packets.sizeAt(frame, frame.readerIndex()) - Packets.PREFIX_BYTES;
                frame.skipBytes(Packets.PREFIX_BYTES);
                write(ports.rtp(), frame.readRetainedSlice(size), rtp);
                budget--;
            }
            if (!frame.isReadable()) {
                frames.remove().release();
            }
        }
        ports.rtp().flush();
        sending = !frames.isEmpty();
        if (sending) {
            eventLoop.schedule(this::sendBurst, BURST_MICROS, TimeUnit.MICROSECONDS);
        }
    }

    @Override
    public void sendRtcp(ByteBuf packet) {
        packet.skipBytes(Packets.PREFIX_BYTES);
        write(ports.rtcp(), packet, rtcp);
        ports.rtcp().flush();
    }

    @Override
    public void sendGarbage(ByteBuf bytes) {
        write(ports.rtp(), bytes, rtp);
        ports.rtp().flush();
    }

    @Override
    public void close() {
        frames.forEach(ByteBuf::release);
        frames.clear();
    }

    private static void write(Channel from, ByteBuf datagram, InetSocketAddress to) {
        from.write(new DatagramPacket(datagram, to), from.voidPromise());
    }
}
