package io.gapless.backfill;

import io.gapless.media.Fragment;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where fetching threads and the task's thread meet. Bounded by backfill's memory for video, in
 * which its fragments lie. They belong to the queue, which releases those that are left when it
 * closes.
 */
final class FillQueue {
    private final ArrayDeque<Fragment> fragments = new ArrayDeque<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private long bytes;
    private boolean closed;

    /** Takes ownership of {@code fragment}; never blocks. For any thread. */
    void offer(Fragment fragment) {
        CompletableFuture<Void> waiting;
        synchronized (this) {
            if (closed) {
                fragment.release();
                return;
            }
            fragments.addLast(fragment);
            bytes += fragment.sizeBytes();
            waiting = available;
        }
        // Outside the lock: this runs whatever the task has hung on to the future.
        waiting.complete(null);
    }

    /** The oldest fragment, now the caller's; without one {@link #available} is renewed. */
    synchronized Optional<Fragment> poll() {
        Optional<Fragment> fragment = Optional.ofNullable(fragments.pollFirst());
        fragment.ifPresent(f -> bytes -= f.sizeBytes());
        if (fragment.isEmpty() && available.isDone()) {
            available = new CompletableFuture<>();
        }
        return fragment;
    }

    /** Complete if there may be something to poll. */
    synchronized CompletableFuture<Void> available() {
        return available;
    }

    /** Lets the task's thread poll once more. For any thread. */
    void wakeUp() {
        available().complete(null);
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Releases what is left, and from now on whatever is offered. */
    synchronized void close() {
        closed = true;
        fragments.forEach(Fragment::release);
        fragments.clear();
        bytes = 0;
    }
}
