package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.GapCause;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Finds a camera in the network and connects to it, with TLS if its URL says {@code rtsps}. Owned
 * by the session's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // completions are heard by listeners, if at all
final class Dialler {
    /** Requests and reports are small; what a camera does not read is not worth keeping. */
    private static final int SEND_BUFFER_BYTES = 64 * 1024;

    private static final int DEFAULT_PORT = 554;

    /** RFC 7826 section 19.3; what IANA has for rtsps. */
    private static final int DEFAULT_SECURE_PORT = 322;

    private final RecorderRuntime runtime;
    private final EventLoop eventLoop;
    private final Duration patience;
    private final Trust trust;

    Dialler(RecorderRuntime runtime, EventLoop eventLoop, Duration patience, Trust trust) {
        this.runtime = requireNonNull(runtime, "runtime is null");
        this.eventLoop = requireNonNull(eventLoop, "eventLoop is null");
        this.patience = requireNonNull(patience, "patience is null");
        this.trust = requireNonNull(trust, "trust is null");
    }

    /**
     * Completes on the event loop, or fails with {@link SessionFailure}. Whoever does not want the
     * connection any more when it comes closes it.
     */
    CompletableFuture<Channel> dial(URI uri, ChannelHandler handler) {
        boolean secure = SessionTarget.isSecure(uri);
        return dial(uri, secure ? DEFAULT_SECURE_PORT : DEFAULT_PORT, handler);
    }

    /** Likewise, at another port if the URL names none. */
    CompletableFuture<Channel> dial(URI uri, int standard, ChannelHandler handler) {
        boolean secure = SessionTarget.isSecure(uri);
        int port = uri.getPort() < 0 ? standard : uri.getPort();
        CompletableFuture<InetSocketAddress> address = NameResolution.resolve(uri.getHost(), port);
        return secure
                ? onEventLoop(
                                address.thenCombine(
                                        Blocking.call(() -> TlsContexts.of(trust)), Secure::new))
                        .thenCompose(s -> connectSecurely(s, uri, port, handler))
                : onEventLoop(address).thenCompose(a -> connect(a, handler));
    }

    private record Secure(InetSocketAddress address, SslContext context) {}

    /** A failure, too, is to arrive on the event loop. */
    private <T> CompletableFuture<T> onEventLoop(CompletableFuture<T> stage) {
        return stage.handleAsync(
                        (value, failure) ->
                                failure == null
                                        ? CompletableFuture.completedFuture(value)
                                        : CompletableFuture.<T>failedFuture(failure),
                        eventLoop)
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Channel> connectSecurely(
            Secure secure, URI uri, int port, ChannelHandler handler) {
        CompletableFuture<Channel> result = new CompletableFuture<>();
        SslHandler tls =
                secure.context.newHandler(
                        ByteBufAllocator.DEFAULT, uri.getHost(), port, Blocking.executor());
        tls.setHandshakeTimeoutMillis(patience.toMillis());
        ChannelHandler both =
                new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(tls, new TlsHandshake(handler, result));
                    }
                };
        bootstrap(both)
                .connect(secure.address)
                .addListener(
                        (ChannelFuture connected) -> {
                            if (!connected.isSuccess()) {
                                complete(result, connected);
                            }
                        });
        return result;
    }

    private CompletableFuture<Channel> connect(InetSocketAddress address, ChannelHandler handler) {
        CompletableFuture<Channel> result = new CompletableFuture<>();
        bootstrap(handler)
                // Not with TLS, whose handler keeps what it was given.
                .option(ChannelOption.RECVBUF_ALLOCATOR, new SharedReceiveBuffer())
                .connect(address)
                .addListener((ChannelFuture connected) -> complete(result, connected));
        return result;
    }

    private Bootstrap bootstrap(ChannelHandler handler) {
        return new Bootstrap()
                .group(eventLoop)
                .channel(EventLoops.socketChannel(runtime.eventLoops()))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) patience.toMillis())
                .handler(handler);
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
