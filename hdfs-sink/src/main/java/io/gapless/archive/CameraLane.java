package io.gapless.archive;

import io.gapless.archive.hold.HeldEvents;
import io.gapless.archive.hold.HeldFragment;
import io.gapless.media.CameraEvent;
import io.gapless.media.CameraId;
import io.gapless.media.GapCause;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera's way into the archive: a queue in front of a {@link CameraStore}, driven by at most
 * one IO thread at a time. After a failure it waits with growing patience and lets the store begin
 * again with everything unacknowledged.
 *
 * <p>The task's thread, the timer and IO threads meet at {@link #schedule}; whoever sets {@code
 * scheduled} hands the lane to an IO thread, which alone touches the store.
 */
final class CameraLane {
    private static final Logger LOG = LoggerFactory.getLogger(CameraLane.class);

    /** Doubled with every further failure. */
    private static final long BACK_OFF_MIN_MILLIS = 250;

    private static final long BACK_OFF_MAX_MILLIS = 5_000;
    private static final int FULL_PATIENCE = 4;

    private enum State {
        IDLE,
        SCHEDULED,
        RUNNING,
        /** Running, and to be run again. */
        RUNNING_AGAIN,
        BACKING_OFF,
        CLOSED
    }

    private final CameraId camera;
    private final WriterContext context;
    private final StoreThreads threads;
    private final ScheduledExecutorService timer;
    private final HeldEvents held;
    private final CameraStore store;
    private final CompletableFuture<Void> finished = new CompletableFuture<>();

    private State state = State.IDLE;
    private boolean finishing;
    private boolean stopping;
    private volatile boolean stalled;
    private volatile boolean full;
    private volatile long lastEventNanos;
    private int failures;
    private long firstFailureNanos;

    CameraLane(
            CameraId camera,
            WriterContext context,
            StoreThreads threads,
            RecordingFinisher finisher,
            ScheduledExecutorService timer) {
        this.camera = camera;
        this.context = context;
        this.threads = threads;
        this.timer = timer;
        this.held =
                context.hold()
                        .camera(
                                camera,
                                context.pendingBytes()::addAndGet,
                                bytes -> context.metrics().fragmentDropped(camera, bytes));
        this.store = new CameraStore(camera, context, threads, finisher, held);
    }

    /** The task's thread. */
    void offer(CameraEvent event) {
        lastEventNanos = context.nanoTicker().getAsLong();
        held.add(event);
        schedule();
    }

    /** What a writer before this one left on a local disk. Before anything else. */
    void adopt(List<HeldFragment> fragments) {
        held.adopt(fragments);
    }

    boolean stalled() {
        return stalled;
    }

    /** Whether the archive has no room. */
    boolean full() {
        return stalled && full;
    }

    /** Finishes the recording if nothing came for long. The timer's thread. */
    void finishIfIdle(long nowNanos) {
        if (nowNanos - lastEventNanos > context.options().idleBeforeFinish().toNanos()) {
            finish(false);
        }
    }

    /**
     * Writes what is pending, at once even after failures, and finishes the recording.
     *
     * @return done when the recording has its final name, or is left to recovery
     */
    CompletableFuture<Void> stop() {
        finish(true);
        return finished;
    }

    private synchronized void finish(boolean stop) {
        finishing = true;
        stopping |= stop;
        if (stop && state == State.BACKING_OFF) {
            state = State.IDLE;
        }
        schedule();
    }

    private synchronized void schedule() {
        switch (state) {
            case IDLE -> execute();
            case RUNNING -> state = State.RUNNING_AGAIN;
            case SCHEDULED, RUNNING_AGAIN, BACKING_OFF, CLOSED -> {}
        }
    }

    private void execute() {
        state = State.SCHEDULED;
        threads.execute(this::run);
    }

    private void run(Archive archive) {
        if (!enter()) {
            return;
        }
        try {
            store.write(archive);
            recovered();
            finishIfAsked();
            leave();
        } catch (IOException e) {
            store.fail();
            backOff(e);
        } catch (RuntimeException | Error e) {
            // A bug, which fails the task; until it closes the writer, the lane rests.
            beginBackOff();
            throw e;
        } finally {
            releaseIfClosed();
        }
    }

    private synchronized boolean enter() {
        if (state != State.SCHEDULED) {
            return false;
        }
        state = State.RUNNING;
        return true;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // completes the one that is waited for
    private void finishIfAsked() {
        if (takeFinishing()) {
            CompletableFuture<Void> done = store.finish();
            if (isStopping()) {
                done.whenComplete((nothing, failure) -> finished.complete(null));
            }
        }
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized boolean takeFinishing() {
        boolean now = finishing && held.isEmpty();
        finishing &= !now;
        return now;
    }

    private synchronized void leave() {
        if (state == State.CLOSED) {
            return;
        }
        boolean again = state == State.RUNNING_AGAIN || !held.isEmpty();
        state = State.IDLE;
        if (again) {
            execute();
        }
    }

    private void recovered() {
        if (stalled) {
            stalled = false;
            LOG.info(
                    "Camera {}: the archive takes video again after {} ms",
                    camera,
                    TimeUnit.NANOSECONDS.toMillis(
                            context.nanoTicker().getAsLong() - firstFailureNanos));
        }
        failures = 0;
        if (full) {
            full = false;
            held.stalledBy(GapCause.STORAGE_STALLED);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends by itself, or with the timer
    private void backOff(IOException failure) {
        boolean wasFull = full;
        GapCause cause = StoreFaults.cause(failure);
        full = cause == GapCause.STORAGE_FULL;
        held.stalledBy(cause);
        if (failures++ == 0) {
            stalled = true;
            firstFailureNanos = context.nanoTicker().getAsLong();
        }
        if (failures == 1 || (full && !wasFull)) {
            LOG.warn(
                    "Camera {}: {}, {} bytes wait: {}",
                    camera,
                    full ? "the archive is full" : "writing to the archive failed",
                    held.bytes(),
                    failure.toString());
        }
        if (beginBackOff()) {
            timer.schedule(this::endBackOff, backOffMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Room comes back more rarely than an answer, and each attempt creates a file. */
    private long backOffMillis() {
        long max = BACK_OFF_MAX_MILLIS * (full ? FULL_PATIENCE : 1);
        return Math.min(max, BACK_OFF_MIN_MILLIS << Math.min(failures - 1, 16));
    }

    private synchronized boolean beginBackOff() {
        if (state == State.CLOSED) {
            return false;
        }
        state = State.BACKING_OFF;
        return true;
    }

    private synchronized void endBackOff() {
        if (state == State.BACKING_OFF) {
            execute();
        }
    }

    /** Gives all memory back, now or as soon as the IO thread that uses it lets go. */
    synchronized void close() {
        boolean inUse = state == State.RUNNING || state == State.RUNNING_AGAIN;
        state = State.CLOSED;
        if (!inUse) {
            store.releaseAll();
        }
    }

    private synchronized void releaseIfClosed() {
        if (state == State.CLOSED) {
            store.releaseAll();
        }
    }
}
