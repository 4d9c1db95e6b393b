package io.gapless.rtsp;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.channels.spi.SelectorProvider;

/**
 * Event loops for cameras, paced ({@link PacedSelect}): native epoll where there is one (it costs
 * 1/4 less), else NIO.
 */
public final class EventLoops {
    /** Of sockets that a look finds ready. */
    private static final int ANY_NUMBER = 0;

    private EventLoops() {}

    /**
     * @param threads at least 1; each serves many cameras
     * @param name prefix of the daemon threads' names
     */
    public static EventLoopGroup create(int threads, String name) {
        IoHandlerFactory transport =
                Epoll.isAvailable()
                        ? EpollIoHandler.newFactory(ANY_NUMBER, PacedSelect::new)
                        : NioIoHandler.newFactory(SelectorProvider.provider(), PacedSelect::new);
        return new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory(name, true), transport);
    }

    static Class<? extends Channel> socketChannel(EventLoopGroup group) {
        return isEpoll(group) ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    static Class<? extends DatagramChannel> datagramChannel(EventLoopGroup group) {
        return isEpoll(group) ? EpollDatagramChannel.class : NioDatagramChannel.class;
    }

    /** For addresses of the family of {@code like} alone, as multicast wants it. */
    static DatagramChannel datagramChannel(EventLoopGroup group, InetAddress like) {
        SocketProtocolFamily family =
                like instanceof Inet6Address
                        ? SocketProtocolFamily.INET6
                        : SocketProtocolFamily.INET;
        return isEpoll(group) ? new EpollDatagramChannel(family) : new NioDatagramChannel(family);
    }

    private static boolean isEpoll(EventLoopGroup group) {
        return group instanceof IoEventLoopGroup io && io.isIoType(EpollIoHandler.class);
    }
}
