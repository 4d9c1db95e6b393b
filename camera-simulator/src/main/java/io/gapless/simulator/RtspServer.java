package io.gapless.simulator;

import io.gapless.simulator.rtsp.HttpTunnelDecoder;
import io.gapless.simulator.rtsp.HttpTunnels;
import io.gapless.simulator.rtsp.RtspRequestDecoder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The sockets and threads of the cameras: epoll where there is such a thing. */
final class RtspServer implements AutoCloseable {
    // A client that is behind by more than this loses frames.
    private static final WriteBufferWaterMark BACKLOG = new WriteBufferWaterMark(2 << 20, 4 << 20);

    private final EventLoopGroup group;
    private final Channel listener;

    private RtspServer(EventLoopGroup group, Channel listener) {
        this.group = group;
        this.listener = listener;
    }

    static RtspServer start(String host, int port, int eventLoops, Map<String, Camera> cameras)
            throws IOException {
        boolean epoll = Epoll.isAvailable();
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(
                        eventLoops,
                        new DefaultThreadFactory("camera-simulator", true),
                        epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        try {
            UdpPorts udpPorts =
                    UdpPorts.bind(
                            host,
                            group,
                            epoll ? EpollDatagramChannel.class : NioDatagramChannel.class);
            return new RtspServer(group, listen(host, port, group, cameras, udpPorts));
        } catch (IOException e) {
            shutDown(group);
            throw e;
        }
    }

    private static Channel listen(
            String host,
            int port,
            EventLoopGroup group,
            Map<String, Camera> cameras,
            UdpPorts udpPorts)
            throws IOException {
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(group)
                        .channel(
                                Epoll.isAvailable()
                                        ? EpollServerSocketChannel.class
                                        : NioServerSocketChannel.class)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, BACKLOG)
                        .childHandler(new Initializer(cameras, udpPorts))
                        .bind(host, port)
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "port %d at %s cannot be opened, perhaps it is in use".formatted(port, host),
                    bound.cause());
        }
        return bound.channel();
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public void close() {
        shutDown(group);
    }

    private static void shutDown(EventLoopGroup group) {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static final class Initializer extends ChannelInitializer<Channel> {
        private final Map<String, Camera> cameras;
        private final UdpPorts udpPorts;
        private final HttpTunnels tunnels = new HttpTunnels();

        Initializer(Map<String, Camera> cameras, UdpPorts udpPorts) {
            this.cameras = cameras;
            this.udpPorts = udpPorts;
        }

        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline()
                    .addLast(
                            new HttpTunnelDecoder(tunnels),
                            new RtspRequestDecoder(),
                            new Connection(cameras, udpPorts));
        }
    }
}
