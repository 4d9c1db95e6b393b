package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.GapCause;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A request and its answer to come. Owned by the connection's event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // completions are heard by listeners, if at all
final class Exchange {
    private static final int MOST_ATTEMPTS = 3;

    final RtspRequest request;
    final CompletableFuture<RtspResponse> answer = new CompletableFuture<>();
    private Future<?> timeout;
    private int attempts;

    Exchange(RtspRequest request) {
        this.request = requireNonNull(request, "request is null");
    }

    /** Whether it may be sent again; a camera that finds every nonce stale would go on for ever. */
    boolean mayBeRepeated() {
        return attempts < MOST_ATTEMPTS;
    }

    void sent() {
        attempts++;
    }

    void expireAfter(EventExecutor executor, Duration patience, Runnable onExpiry) {
        timeout =
                executor.schedule(
                        () -> {
                            onExpiry.run();
                            fail(notAnswered(patience));
                        },
                        patience.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    private SessionFailure notAnswered(Duration patience) {
        return new SessionFailure(
                GapCause.CAMERA_UNREACHABLE,
                "did not answer %s within %.1f s"
                        .formatted(request.method(), patience.toMillis() / 1000.0));
    }

    void answered() {
        if (timeout != null) {
            timeout.cancel(false);
        }
    }

    void fail(SessionFailure failure) {
        answered();
        answer.completeExceptionally(failure);
    }

    /** Nobody waits for the answer any more. */
    void cancel() {
        answered();
    }
}
