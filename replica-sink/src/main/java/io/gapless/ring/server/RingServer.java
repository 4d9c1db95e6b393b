package io.gapless.ring.server;

import static java.util.Objects.requireNonNull;

import io.gapless.ring.RingDirectories;
import io.gapless.ring.RingIndex;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.traffic.GlobalTrafficShapingHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves what a ring's directories hold: docs/ring-protocol.md. It reads files and keeps nothing,
 * so any process of the host can serve what all of them write; the one that gets the port does.
 *
 * <p>Safe for any number of threads. Started once, closed once.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // what closing or sending came to shows in the channel
public final class RingServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RingServer.class);
    private static final int NETWORK_THREADS = 2;

    /** They wait for the disks' own threads, each no longer than the disks may take. */
    private static final int DISK_THREADS = 8;

    private static final int WAITING_FOR_DISKS = 64;
    private static final int RETRY_SECONDS = 1;
    private static final int CLOSE_SECONDS = 5;

    /** Little waits in memory for slow clients. */
    private static final WriteBufferWaterMark WAITING_FOR_NETWORK =
            new WriteBufferWaterMark(64 << 10, 256 << 10);

    private final RingServerOptions options;
    private final MultiThreadIoEventLoopGroup loops;
    private final ThreadPoolExecutor disks;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Optional<GlobalTrafficShapingHandler> bandwidth;
    private final Admission admission;
    private final ServerBootstrap bootstrap;
    private final CompletableFuture<InetSocketAddress> bound = new CompletableFuture<>();
    private volatile String trouble = "";
    private volatile boolean closed;

    /**
     * @throws IllegalArgumentException with one sentence if the TLS files cannot be used
     */
    public RingServer(RingServerOptions options, RingDirectories directories) {
        this.options = requireNonNull(options, "options is null");
        var tls = options.tls().map(ServerTls::context);
        RingIndex index = new RingIndex(directories, options.limits().diskTimeout());
        this.admission = new Admission(options.limits());
        this.loops =
                new MultiThreadIoEventLoopGroup(
                        NETWORK_THREADS,
                        new DefaultThreadFactory("ring-server", true),
                        NioIoHandler.newFactory());
        this.disks =
                new ThreadPoolExecutor(
                        DISK_THREADS,
                        DISK_THREADS,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(WAITING_FOR_DISKS),
                        new DefaultThreadFactory("ring-server-disks", true));
        this.bandwidth = bandwidth(options.limits().bytesPerSecond());
        RingStatus status = new RingStatus(index, System::nanoTime);
        Service service =
                new Service(
                        options.limits(),
                        new AccessControl(options.secret()),
                        admission,
                        new RingAnswers(index, status, options.limits().pageFragments()),
                        disks);
        this.bootstrap =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING_FOR_NETWORK)
                        .childHandler(new ConnectionSetup(service, connections, tls, bandwidth));
    }

    private Optional<GlobalTrafficShapingHandler> bandwidth(long bytesPerSecond) {
        if (bytesPerSecond == 0) {
            return Optional.empty();
        }
        GlobalTrafficShapingHandler handler =
                new GlobalTrafficShapingHandler(loops, bytesPerSecond, 0);
        handler.setMaxWriteDelay(500);
        handler.setMaxWriteSize(2L * FilePieces.PIECE_BYTES);
        return Optional.of(handler);
    }

    /**
     * Serves from now on.
     *
     * @throws IOException with one sentence if the address cannot be had
     */
    public InetSocketAddress start() throws IOException {
        ChannelFuture binding = bootstrap.bind(options.listen()).awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException(
                    "the ring cannot be served on %s: %s"
                            .formatted(options.listen(), binding.cause().getMessage()),
                    binding.cause());
        }
        return serve(binding.channel());
    }

    /**
     * Serves as soon as the address can be had, which is tried once a second: another process of
     * this host that serves the same directories may have it.
     */
    public void startWhenFree() {
        if (closed) {
            return;
        }
        bootstrap
                .bind(options.listen())
                .addListener(
                        (ChannelFuture binding) -> {
                            if (binding.isSuccess()) {
                                serve(binding.channel());
                            } else if (!closed) {
                                explainOnce(binding.cause());
                                var unused =
                                        loops.schedule(
                                                this::startWhenFree,
                                                RETRY_SECONDS,
                                                TimeUnit.SECONDS);
                            }
                        });
    }

    private void explainOnce(Throwable why) {
        if (trouble.equals(String.valueOf(why.getMessage()))) {
            return;
        }
        trouble = String.valueOf(why.getMessage());
        if (why instanceof BindException) {
            LOG.info(
                    "Ring: {} is taken, by another process that serves it if all is well; this one serves when it is free ({})",
                    options.listen(),
                    trouble);
        } else {
            LOG.warn("Ring: it cannot be served on {} yet: {}", options.listen(), trouble);
        }
    }

    private InetSocketAddress serve(Channel channel) {
        connections.add(channel);
        if (closed) {
            channel.close();
        }
        InetSocketAddress address = (InetSocketAddress) channel.localAddress();
        LOG.info("Ring: served on {}", address);
        bound.complete(address);
        return address;
    }

    /** The address once it is served; cancelled if the server is closed before. */
    public CompletionStage<InetSocketAddress> bound() {
        return bound.minimalCompletionStage();
    }

    public RingCounters counters() {
        return admission.counters(bound.isDone() && !bound.isCompletedExceptionally() && !closed);
    }

    /** Ends all connections, answers under way included; waits for a few seconds at the most. */
    @Override
    public void close() {
        closed = true;
        bound.cancel(false);
        connections.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        bandwidth.ifPresent(GlobalTrafficShapingHandler::release);
        disks.shutdownNow();
        loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
