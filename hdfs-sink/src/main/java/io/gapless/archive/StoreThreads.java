package io.gapless.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A few threads that talk to the store. They begin once the archive is connected. Every {@link
 * #call} has a deadline, after which its thread is interrupted. While calls are stuck, further
 * threads stand in for theirs, so that one frozen DataNode does not hold up the cameras whose
 * recordings lie elsewhere.
 */
final class StoreThreads {
    private static final Duration STUCK = Duration.ofSeconds(1);
    private static final int STAND_INS_MAX = 64;
    private static final long WATCH_MILLIS = 250;

    /** For one camera. */
    private static final long SLOWEST_BYTES_PER_MILLI = 256;

    /** Something to do with the store; the file system's own exceptions are its faults. */
    interface Call<T> {
        T run() throws IOException;
    }

    /** Something to do without a result. */
    interface Action {
        void run() throws IOException;
    }

    private final int threads;
    private final Future<Archive> connection;
    private final Consumer<Throwable> bugs;
    private final LongSupplier nanoTicker;
    private final Duration deadline;
    private final ThreadPoolExecutor pool;
    private final Set<StoreGuard> guards = ConcurrentHashMap.newKeySet();

    StoreThreads(String name, int threads, WriterContext context, Future<Archive> connection) {
        this.threads = threads;
        this.connection = connection;
        this.bugs = context::bug;
        this.nanoTicker = context.nanoTicker();
        this.deadline = context.options().deadline();
        AtomicInteger count = new AtomicInteger();
        this.pool =
                new ThreadPoolExecutor(
                        threads,
                        threads + STAND_INS_MAX,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> daemon(task, name + "-" + count.getAndIncrement()));
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // runs until the timer is shut down
    void watchedBy(ScheduledExecutorService timer) {
        timer.scheduleWithFixedDelay(
                this::watch, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Runs {@code task} as soon as there is an archive and a thread; never after a shutdown. */
    void execute(Consumer<Archive> task) {
        try {
            pool.execute(() -> run(task));
        } catch (RejectedExecutionException e) {
            // The writer is closed; whatever this was is left to the next writer.
            return;
        }
    }

    private void run(Consumer<Archive> task) {
        try {
            task.accept(connection.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException | Error e) {
            bugs.accept(e);
        }
    }

    /**
     * Runs {@code call} on the calling thread, which must be one of these.
     *
     * @throws IOException if it fails in any way or is not done by the deadline; it may have had
     *     its effect all the same
     */
    <T> T call(Call<T> call) throws IOException {
        return call(deadline, call);
    }

    private <T> T call(Duration limit, Call<T> call) throws IOException {
        StoreGuard guard =
                new StoreGuard(Thread.currentThread(), nanoTicker.getAsLong(), limit.toNanos());
        guards.add(guard);
        try {
            return call.run();
        } catch (IOException | RuntimeException e) {
            throw guard.expired()
                    ? new IOException("no answer from the store within " + limit, e)
                    : asFault(e);
        } finally {
            guards.remove(guard);
            guard.done();
        }
    }

    void act(Action action) throws IOException {
        act(0, action);
    }

    /**
     * As {@link #call}, with more time for more bytes: a slow store must not be taken for a dead
     * one, for giving up and writing again would make it slower still.
     */
    void act(long bytes, Action action) throws IOException {
        call(
                deadline.plusMillis(bytes / SLOWEST_BYTES_PER_MILLI),
                () -> {
                    action.run();
                    return this;
                });
    }

    private static IOException asFault(Exception e) {
        return e instanceof IOException fault ? fault : new IOException(e.toString(), e);
    }

    private void watch() {
        long now = nanoTicker.getAsLong();
        int stuck = 0;
        for (StoreGuard guard : guards) {
            stuck += guard.elapsedNanos(now) > STUCK.toNanos() ? 1 : 0;
            guard.expire(now);
        }
        int wanted = threads + Math.min(stuck, STAND_INS_MAX);
        if (pool.getCorePoolSize() != wanted) {
            pool.setCorePoolSize(wanted);
        }
    }

    /** Interrupts what runs and forgets what waits. */
    void shutdown() {
        pool.shutdownNow();
    }
}
