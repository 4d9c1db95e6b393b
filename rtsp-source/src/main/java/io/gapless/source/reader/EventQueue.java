package io.gapless.source.reader;

import io.gapless.media.CameraEvent;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.GapCause;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Where the cameras' event loops and the task's thread meet, hence the lock, which is held for a
 * few instructions per fragment. Bounded in bytes: past the bound the oldest fragments are dropped,
 * and the next one of the same camera says so ({@link GapCause#RECORDER_OVERLOAD}). Interruptions
 * are never dropped; they are few and small.
 *
 * <p>Fragments in the queue belong to it; it releases those it drops and those that are left when
 * it closes.
 */
final class EventQueue {
    private final long boundBytes;
    private final ArrayDeque<CameraEvent> events = new ArrayDeque<>();

    /** Cameras of which fragments were dropped since the last one that was handed on. */
    private final Set<CameraId> overrun = new HashSet<>();

    private CompletableFuture<Void> available = new CompletableFuture<>();
    private long bytes;
    private int fragments;
    private long dropped;
    private boolean closed;

    /**
     * @param boundBytes of video; one fragment may always wait, however large it is
     */
    EventQueue(long boundBytes) {
        this.boundBytes = boundBytes;
    }

    /** Takes ownership of {@code event}; never blocks. For any thread. */
    void offer(CameraEvent event) {
        CompletableFuture<Void> waiting;
        synchronized (this) {
            if (closed) {
                release(event);
                return;
            }
            add(event);
            waiting = available;
        }
        // Outside the lock: this runs whatever the task has hung on to the future.
        waiting.complete(null);
    }

    /** Lets the task's thread poll once more although no event came. For any thread. */
    void wakeUp() {
        available().complete(null);
    }

    /**
     * The oldest event, now the caller's. If there is none, {@link #available} answers a new future
     * from now on; as both happen under the lock, no wake-up is lost between them.
     */
    synchronized Optional<CameraEvent> poll() {
        CameraEvent event = events.pollFirst();
        if (event == null) {
            if (available.isDone()) {
                available = new CompletableFuture<>();
            }
            return Optional.empty();
        }
        return Optional.of(event instanceof Fragment fragment ? removed(fragment) : event);
    }

    /** Complete if there may be something to poll. */
    synchronized CompletableFuture<Void> available() {
        return available;
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Fragments dropped so far. */
    synchronized long dropped() {
        return dropped;
    }

    /** Releases what is left, and from now on whatever is offered. */
    synchronized void close() {
        closed = true;
        events.forEach(EventQueue::release);
        events.clear();
        bytes = 0;
        fragments = 0;
    }

    private void add(CameraEvent event) {
        events.addLast(event);
        if (event instanceof Fragment fragment) {
            bytes += fragment.sizeBytes();
            fragments++;
            while (bytes > boundBytes && fragments > 1) {
                dropOldest();
            }
        }
    }

    private void dropOldest() {
        for (Iterator<CameraEvent> each = events.iterator(); each.hasNext(); ) {
            if (each.next() instanceof Fragment oldest) {
                each.remove();
                bytes -= oldest.sizeBytes();
                fragments--;
                dropped++;
                overrun.add(oldest.camera());
                oldest.release();
                return;
            }
        }
    }

    private Fragment removed(Fragment fragment) {
        bytes -= fragment.sizeBytes();
        fragments--;
        return overrun.remove(fragment.camera())
                ? fragment.withHeader(
                        fragment.header().withGapBefore(Optional.of(GapCause.RECORDER_OVERLOAD)))
                : fragment;
    }

    private static void release(CameraEvent event) {
        if (event instanceof Fragment fragment) {
            fragment.release();
        }
    }
}
