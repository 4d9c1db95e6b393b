package io.gapless.source.reader;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The end of a subtask's recording because somebody wants to stop it: cameras are hung up, and what
 * they sent is handed on with the reason, before Flink is asked to end the task, which takes
 * nothing on any more. Owned by the task's thread, except {@link #request}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // completions are heard by listeners
final class OrderlyStop {
    private final EventQueue queue;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile boolean requested;
    private CompletableFuture<Void> hungUp = new CompletableFuture<>();
    private boolean begun;

    OrderlyStop(EventQueue queue) {
        this.queue = queue;
    }

    /** For any thread. The stage completes when all that was received has been handed on. */
    CompletionStage<Void> request() {
        requested = true;
        queue.wakeUp();
        return done;
    }

    /**
     * Begins, once, if it has been requested.
     *
     * @param hangUp ends all sessions; completes when the queue has all they sent
     */
    void begin(Supplier<CompletableFuture<Void>> hangUp) {
        if (requested && !begun) {
            begun = true;
            hungUp = hangUp.get();
            hungUp.thenRun(queue::wakeUp);
        }
    }

    /** Whether nothing more will come into the queue. To be asked before the queue is. */
    boolean isHungUp() {
        return hungUp.isDone();
    }

    /** All has been handed on. */
    void finished() {
        done.complete(null);
    }
}
