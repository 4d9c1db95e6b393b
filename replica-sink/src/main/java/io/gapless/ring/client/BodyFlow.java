package io.gapless.ring.client;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The body of an answer, taken by the asking thread as it comes and no faster: where that thread
 * meets the HTTP client's. Little of a body is ever held, however long it is.
 */
final class BodyFlow implements HttpResponse.BodySubscriber<BodyFlow>, AutoCloseable {
    /** Pieces, of up to 16 KiB each, that may wait. */
    private static final int WINDOW = 16;

    private sealed interface Signal {
        record Piece(List<ByteBuffer> bytes) implements Signal {}

        record Failed(Throwable why) implements Signal {}

        record Ended() implements Signal {}
    }

    /** In the place of one that was given up; whoever subscribes after it is turned away. */
    private static final Flow.Subscription NONE =
            new Flow.Subscription() {
                @Override
                public void request(long pieces) {}

                @Override
                public void cancel() {}
            };

    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();

    @Override
    public CompletionStage<BodyFlow> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        requireNonNull(given, "subscription is null");
        if (subscription.compareAndSet(null, given)) {
            given.request(WINDOW);
        } else {
            given.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        signals.add(new Signal.Piece(bytes));
    }

    @Override
    public void onError(Throwable why) {
        signals.add(new Signal.Failed(why));
    }

    @Override
    public void onComplete() {
        signals.add(new Signal.Ended());
    }

    /**
     * The next bytes; none at the end of the body.
     *
     * @throws IOException if the body breaks off, or nothing came in time
     */
    Optional<List<ByteBuffer>> next(long nanos) throws IOException, InterruptedException {
        Signal signal = signals.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        if (signal == null) {
            throw new IOException("it sends too slowly");
        } else if (signal instanceof Signal.Failed failed) {
            throw new IOException("it broke off: " + failed.why().getMessage(), failed.why());
        } else if (signal instanceof Signal.Piece piece) {
            subscription.get().request(1);
            return Optional.of(piece.bytes());
        }
        return Optional.empty();
    }

    /** Ends the transfer where it is; harmless after its end. */
    @Override
    public void close() {
        Optional.ofNullable(subscription.getAndSet(NONE)).ifPresent(Flow.Subscription::cancel);
    }
}
