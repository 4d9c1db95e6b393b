package io.gapless.simulator;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * The pair of UDP ports, even and odd (RFC 3550 section 11), from which all sessions of a simulator
 * are served. For any thread.
 */
final class UdpPorts {
    private static final int ATTEMPTS = 50;
    private static final int SEND_BUFFER_BYTES = 4 << 20;
    private static final int QUEUE_BYTES = 64 << 20;

    private final Channel rtp;
    private final Channel rtcp;
    private final Map<InetSocketAddress, Runnable> reports;

    private UdpPorts(Channel rtp, Channel rtcp, Map<InetSocketAddress, Runnable> reports) {
        this.rtp = rtp;
        this.rtcp = rtcp;
        this.reports = reports;
    }

    static UdpPorts bind(String host, EventLoopGroup group, Class<? extends DatagramChannel> type)
            throws IOException {
        Map<InetSocketAddress, Runnable> reports = new ConcurrentHashMap<>();
        Consumer<InetSocketAddress> onReport = from -> reports.getOrDefault(from, () -> {}).run();
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(5_000, 16_000) * 2;
            ChannelFuture rtp = bind(host, port, group, type, from -> {});
            ChannelFuture rtcp = bind(host, port + 1, group, type, onReport);
            if (rtp.isSuccess() && rtcp.isSuccess()) {
                return new UdpPorts(rtp.channel(), rtcp.channel(), reports);
            }
            rtp.channel().close().awaitUninterruptibly();
            rtcp.channel().close().awaitUninterruptibly();
        }
        throw new IOException("no pair of UDP ports can be opened at " + host);
    }

    private static ChannelFuture bind(
            String host,
            int port,
            EventLoopGroup group,
            Class<? extends DatagramChannel> type,
            Consumer<InetSocketAddress> onDatagram) {
        return new Bootstrap()
                .group(group)
                .channel(type)
                .option(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(QUEUE_BYTES / 2, QUEUE_BYTES))
                .handler(new Receiver(onDatagram))
                .bind(host, port)
                .awaitUninterruptibly();
    }

    Channel rtp() {
        return rtp;
    }

    Channel rtcp() {
        return rtcp;
    }

    int rtpPort() {
        return ((InetSocketAddress) rtp.localAddress()).getPort();
    }

    /** Calls back when RTCP comes from an address. */
    void onReport(InetSocketAddress from, Runnable callback) {
        reports.put(from, callback);
    }

    void forget(InetSocketAddress from) {
        reports.remove(from);
    }

    private static final class Receiver extends SimpleChannelInboundHandler<DatagramPacket> {
        private final Consumer<InetSocketAddress> onDatagram;

        Receiver(Consumer<InetSocketAddress> onDatagram) {
            this.onDatagram = onDatagram;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
            onDatagram.accept(datagram.sender());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // An ICMP "port unreachable": the client has gone, its session will time out.
        }
    }
}
