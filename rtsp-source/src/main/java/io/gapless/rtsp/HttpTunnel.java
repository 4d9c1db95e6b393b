package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.GapCause;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * RTSP through proxies and firewalls that let only HTTP pass, as Apple's "Tunnelling RTSP and RTP
 * through HTTP" has it: what the camera says comes as the endless answer to a GET, what we say goes
 * as the endless body of a POST, in Base64. A cookie tells the camera that they belong together.
 * The camera may ask for a password at either, besides what it does within the tunnel. With TLS if
 * the URL says {@code rtsps}. Owned by the session's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // completions are heard by listeners, if at all
final class HttpTunnel {
    private static final int STANDARD_PORT = 80;
    private static final int STANDARD_SECURE_PORT = 443;

    /** Two for each of the two requests, should a nonce be stale. */
    private static final int MOST_REFUSALS = 4;

    private static final String TYPE = "application/x-rtsp-tunnelled";

    private final Dialler dialler;
    private final URI uri;
    private final EventLoop eventLoop;
    private final CameraSettings settings;
    private final Duration patience;
    private final Authenticator authenticator;
    private final String cookie =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    private int refusals;

    HttpTunnel(Dialler dialler, URI uri, EventLoop eventLoop, CameraSettings settings) {
        this.dialler = requireNonNull(dialler, "dialler is null");
        this.uri = requireNonNull(uri, "uri is null");
        this.eventLoop = requireNonNull(eventLoop, "eventLoop is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.patience = settings.connectTimeout();
        this.authenticator = new Authenticator(settings.credentials());
    }

    /**
     * Completes on the event loop with a channel that looks like a connection of its own to {@code
     * connection}, or fails with {@link SessionFailure}.
     */
    CompletableFuture<Channel> open(ChannelHandler connection) {
        TunnelDownstream down = new TunnelDownstream();
        CompletableFuture<Channel> opened =
                dial(down)
                        .thenCompose(
                                get -> {
                                    write(get, "GET", "Accept: " + TYPE);
                                    expire(down);
                                    return down.answer();
                                })
                        .thenCompose(answer -> onAnswer(answer, down, connection));
        opened.whenComplete(
                (channel, failure) -> {
                    if (failure != null) {
                        down.close();
                    }
                });
        return opened;
    }

    private CompletableFuture<Channel> dial(ChannelHandler handler) {
        boolean secure = SessionTarget.isSecure(uri);
        return dialler.dial(uri, secure ? STANDARD_SECURE_PORT : STANDARD_PORT, handler);
    }

    private void expire(TunnelDownstream down) {
        Runnable complaint =
                () ->
                        down.fail(
                                new SessionFailure(
                                        GapCause.CAMERA_UNREACHABLE, "did not answer HTTP's GET"));
        eventLoop.schedule(complaint, patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private CompletableFuture<Channel> onAnswer(
            HttpHead.Answer answer, TunnelDownstream down, ChannelHandler connection) {
        if (mayTryAgain(answer)) {
            down.close();
            return open(connection);
        } else if (!answer.isOk()) {
            return CompletableFuture.failedFuture(failure("GET", answer));
        }
        authenticator.onAccepted();
        return post(down).thenApply(done -> down.join(connection));
    }

    private CompletableFuture<Void> post(TunnelDownstream down) {
        return dial(new TunnelUpstream(down, answer -> isReplaced(answer, down)))
                .thenAccept(
                        post -> {
                            write(post, "POST", "Content-Type: " + TYPE, "Content-Length: 32767");
                            down.sendBy(post);
                        });
    }

    /** Cameras do not answer a POST that is right, or only when it ends. */
    private boolean isReplaced(HttpHead.Answer answer, TunnelDownstream down) {
        if (answer.isOk() || down.isHeard()) {
            return false;
        } else if (!mayTryAgain(answer)) {
            down.refuse(failure("POST", answer));
            return false;
        }
        down.forgetPost();
        post(down)
                .whenComplete(
                        (done, failure) -> {
                            if (failure != null) {
                                down.close();
                            }
                        });
        return true;
    }

    /** With a password, if the camera asks for one, but not for ever. */
    private boolean mayTryAgain(HttpHead.Answer answer) {
        return answer.status() == RtspResponse.UNAUTHORIZED
                && ++refusals <= MOST_REFUSALS
                && authenticator.onRefused(answer.headers());
    }

    private SessionFailure failure(String method, HttpHead.Answer answer) {
        return answer.status() == RtspResponse.UNAUTHORIZED
                ? new SessionFailure(
                        GapCause.CAMERA_REFUSED,
                        "refused HTTP's %s with 401: %s"
                                .formatted(method, Handshake.whyRefused(settings)))
                : new SessionFailure(
                        GapCause.CAMERA_PROTOCOL,
                        "answered HTTP's %s with %d".formatted(method, answer.status()));
    }

    /** The length is what everybody writes, and nobody keeps to. */
    private void write(Channel channel, String method, String... fields) {
        String path = Optional.ofNullable(uri.getRawPath()).filter(p -> !p.isEmpty()).orElse("/");
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        StringBuilder text = new StringBuilder(256);
        text.append(method).append(' ').append(target).append(" HTTP/1.0\r\n");
        text.append("Host: ").append(uri.getRawAuthority()).append("\r\n");
        text.append("User-Agent: ").append(RtspConnection.USER_AGENT).append("\r\n");
        text.append("x-sessioncookie: ").append(cookie).append("\r\n");
        text.append("Pragma: no-cache\r\nCache-Control: no-cache\r\n");
        for (String field : fields) {
            text.append(field).append("\r\n");
        }
        authenticator
                .authorization(method, target)
                .ifPresent(a -> text.append("Authorization: ").append(a).append("\r\n"));
        text.append("\r\n");
        channel.writeAndFlush(ByteBufUtil.writeUtf8(channel.alloc(), text));
    }
}
