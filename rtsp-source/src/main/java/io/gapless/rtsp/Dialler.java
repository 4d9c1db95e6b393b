package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.GapCause;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Finds a camera in the network and connects to it. Owned by the session's event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // completions are heard by listeners, if at all
final class Dialler {
    private static final int DEFAULT_PORT = 554;

    private final RecorderRuntime runtime;
    private final EventLoop eventLoop;
    private final Duration patience;

    Dialler(RecorderRuntime runtime, EventLoop eventLoop, Duration patience) {
        this.runtime = requireNonNull(runtime, "runtime is null");
        this.eventLoop = requireNonNull(eventLoop, "eventLoop is null");
        this.patience = requireNonNull(patience, "patience is null");
    }

    /**
     * Completes on the event loop, or fails with {@link SessionFailure}. Whoever does not want the
     * connection any more when it comes closes it.
     */
    CompletableFuture<Channel> dial(URI uri, ChannelHandler handler) {
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return NameResolution.resolve(uri.getHost(), port)
                .handleAsync((address, failure) -> connect(address, failure, handler), eventLoop)
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Channel> connect(
            InetSocketAddress address, Throwable failure, ChannelHandler handler) {
        return failure == null
                ? connect(address, handler)
                : CompletableFuture.failedFuture(failure);
    }

    private CompletableFuture<Channel> connect(InetSocketAddress address, ChannelHandler handler) {
        CompletableFuture<Channel> result = new CompletableFuture<>();
        new Bootstrap()
                .group(eventLoop)
                .channel(EventLoops.socketChannel(runtime.eventLoops()))
                .option(ChannelOption.RECVBUF_ALLOCATOR, new SharedReceiveBuffer())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) patience.toMillis())
                .handler(handler)
                .connect(address)
                .addListener((ChannelFuture connected) -> complete(result, connected));
        return result;
    }

    private static void complete(CompletableFuture<Channel> result, ChannelFuture connected) {
        if (connected.isSuccess()) {
            result.complete(connected.channel());
        } else {
            result.completeExceptionally(
                    new SessionFailure(
                            GapCause.CAMERA_UNREACHABLE,
                            "is not reachable: " + connected.cause().getMessage()));
        }
    }
}
