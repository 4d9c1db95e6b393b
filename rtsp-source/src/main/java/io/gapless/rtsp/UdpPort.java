package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.rtp.ReorderBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/** One UDP port of ours. Until it is told where to deliver to, packets are dropped. */
@SuppressWarnings("FutureReturnValueIgnored") // completions are heard by listeners, if at all
final class UdpPort extends ChannelInboundHandlerAdapter {
    /** Takes a packet, valid until the method returns. */
    private interface Delivery {
        void packet(ByteBuffer packet, long arrivalNanos);
    }

    private final InetAddress camera;
    private final LongSupplier nanoTicker;
    private final CameraCost cost;
    private Delivery delivery = (packet, arrivalNanos) -> {};
    private Channel channel;

    UdpPort(InetAddress camera, LongSupplier nanoTicker, CameraCost cost) {
        this.camera = requireNonNull(camera, "camera is null");
        this.nanoTicker = requireNonNull(nanoTicker, "nanoTicker is null");
        this.cost = requireNonNull(cost, "cost is null");
    }

    void deliverRtp(Track track) {
        ReorderBuffer order = new ReorderBuffer(track::rtp);
        delivery =
                (packet, arrivalNanos) -> {
                    // Shorter ones are hole punches of the camera's.
                    if (packet.remaining() > 12) {
                        int sequence = packet.getShort(packet.position() + 2) & 0xFFFF;
                        order.push(sequence, packet, arrivalNanos);
                    }
                };
    }

    void deliverRtcp(Track track) {
        delivery = track::rtcp;
    }

    int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    void send(ByteBuffer bytes, int cameraPort) {
        if (channel.isActive()) {
            InetSocketAddress to = new InetSocketAddress(camera, cameraPort);
            channel.writeAndFlush(
                    new DatagramPacket(Unpooled.wrappedBuffer(bytes), to), channel.voidPromise());
        }
    }

    void close() {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
        PacedSelect.datagramSocketOpened();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        PacedSelect.datagramSocketClosed();
    }

    /** Any port of the camera's will do: some send from others than they announced. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket datagram = (DatagramPacket) message;
        ByteBuf bytes = datagram.content();
        try {
            if (camera.equals(datagram.sender().getAddress())) {
                long now = nanoTicker.getAsLong();
                cost.received(bytes.readableBytes(), now);
                delivery.packet(
                        bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes()), now);
            }
        } finally {
            datagram.release();
        }
    }

    /** An ICMP answer to what we sent; whether media comes is watched elsewhere. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}
}
