package io.gapless.backfill;

import io.gapless.media.stitch.Fill;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backfill's threads in a process: some look at cameras' timelines and ask the rings, others fetch.
 * A camera is with one of them at a time.
 */
final class Backfiller {
    private static final Logger LOG = LoggerFactory.getLogger(Backfiller.class);
    private static final int LOOKING_THREADS = 2;
    private static final double JITTER = 0.2;
    private static final Duration AFTER_A_BUG = Duration.ofMinutes(1);

    private final Fetcher fetcher;
    private final BackfillLimits limits;
    private final FillBoard board = new FillBoard();
    private final ArchiveHealth archive = new ArchiveHealth();
    private final Set<CameraBackfill> cameras = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor looking;
    private final List<Thread> fetching = new ArrayList<>();
    private final AtomicReference<Throwable> fatal = new AtomicReference<>();

    Backfiller(Fetcher fetcher, BackfillLimits limits) {
        this.fetcher = fetcher;
        this.limits = limits;
        this.looking =
                new ScheduledThreadPoolExecutor(
                        LOOKING_THREADS, task -> thread(task, "backfill-look"));
        looking.setRemoveOnCancelPolicy(true);
        for (int i = 0; i < limits.fetches(); i++) {
            Thread thread = thread(this::fetchForEver, "backfill-fetch-" + i);
            fetching.add(thread);
            thread.start();
        }
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Looks after a camera until it is stopped; its first look is spread over the interval. */
    void add(CameraBackfill camera) {
        cameras.add(camera);
        long interval = limits.interval().toMillis();
        later(camera, Duration.ofMillis(ThreadLocalRandom.current().nextLong(interval + 1)));
    }

    void remove(CameraBackfill camera) {
        camera.stop();
        cameras.remove(camera);
    }

    /** A ring is back. */
    void hope() {
        cameras.forEach(CameraBackfill::hope);
    }

    /** An error that no thread of ours could deal with. */
    Optional<Throwable> fatal() {
        return Optional.ofNullable(fatal.get());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // look() catches everything
    private void later(CameraBackfill camera, Duration pause) {
        if (!camera.isStopped() && !looking.isShutdown()) {
            looking.schedule(() -> look(camera), pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void look(CameraBackfill camera) {
        if (camera.isStopped()) {
            return;
        }
        try {
            List<Fill<RingCopy>> fills = camera.look();
            archive.answered();
            if (fills.isEmpty()) {
                later(camera, jittered(camera.pause()));
            } else {
                board.put(new FillBoard.Work(camera, fills));
            }
        } catch (IOException e) {
            if (!looking.isShutdown()) {
                later(camera, jittered(archive.failed(camera.camera().value(), e)));
            }
        } catch (RuntimeException e) {
            trippedOver(camera, e);
        } catch (Error e) {
            fatal.compareAndSet(null, e);
            throw e;
        }
    }

    /** A camera that trips us must not stop the others, nor us for ever. */
    private void trippedOver(CameraBackfill camera, RuntimeException bug) {
        if (!looking.isShutdown()) {
            LOG.error("Camera {}: backfill failed; trying again", camera.camera(), bug);
            later(camera, AFTER_A_BUG);
        }
    }

    private static Duration jittered(Duration pause) {
        double factor = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        return Duration.ofNanos((long) (pause.toNanos() * factor));
    }

    private void fetchForEver() {
        try {
            while (true) {
                fetchNext(board.take());
            }
        } catch (InterruptedException e) {
            // The end.
        } catch (Error e) {
            fatal.compareAndSet(null, e);
            throw e;
        }
    }

    private void fetchNext(FillBoard.Work work) throws InterruptedException {
        CameraBackfill camera = work.camera();
        if (camera.isStopped()) {
            return;
        }
        try {
            fetcher.fetch(camera, work.next());
            if (work.isDone()) {
                later(camera, camera.pause());
            } else {
                board.put(work);
            }
        } catch (RuntimeException e) {
            trippedOver(camera, e);
        }
    }

    /** Ends all threads; waits for them, but not for long. */
    void close(Duration timeout) {
        looking.shutdownNow();
        fetching.forEach(Thread::interrupt);
        long end = System.nanoTime() + timeout.toNanos();
        try {
            boolean ended = looking.awaitTermination(timeout.toNanos(), TimeUnit.NANOSECONDS);
            for (Thread thread : fetching) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                thread.join(Math.max(1, left));
                ended &= !thread.isAlive();
            }
            if (!ended) {
                LOG.warn("Backfill's threads did not end within {}", timeout);
            }
        } catch (InterruptedException e) {
            // Flink is losing patience: they are daemons and end when their calls do.
            Thread.currentThread().interrupt();
        }
    }
}
