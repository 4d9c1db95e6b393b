package io.gapless.source.reader;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Looks once a second whether every wheel has turned, and reports the thread of one that has stood
 * still for too many looks in a row. It counts its own looks, not time: a process that was frozen,
 * or slept with its machine, did not look meanwhile, and accuses nobody when it wakes up.
 *
 * <p>{@link #watch} and {@link #forget} are for any thread; all else happens on one of its own.
 */
@SuppressWarnings("FutureReturnValueIgnored") // looks go on until the executor is shut down
final class Watchdog implements AutoCloseable {
    /** A thread that does one thing after the other. Asked by the watchdog's thread alone. */
    interface Wheel {
        /** Whether it has turned since this was last asked, or need not. */
        boolean turned();

        /** The thread that turns it, null if there is none yet. */
        Thread thread();
    }

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final int patience;
    private final Consumer<Thread> onStuck;
    private final Map<Wheel, Integer> stood = new ConcurrentHashMap<>();
    private final ScheduledExecutorService looks =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "watchdog");
                        thread.setDaemon(true);
                        return thread;
                    });

    private final AtomicLong turns = new AtomicLong();

    /**
     * @param patience how long a wheel may stand still while the process runs
     * @param onStuck receives its thread, once
     */
    Watchdog(Duration patience, Consumer<Thread> onStuck) {
        this.patience = (int) Math.max(1, patience.dividedBy(INTERVAL));
        this.onStuck = onStuck;
    }

    void start() {
        // With a fixed delay: looks that were missed are not made up for.
        looks.scheduleWithFixedDelay(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    void watch(Wheel wheel) {
        stood.put(wheel, 0);
    }

    void forget(Wheel wheel) {
        stood.remove(wheel);
    }

    /** Looks at which all wheels had turned: what grows as long as the recorder lives. */
    long turns() {
        return turns.get();
    }

    void look() {
        boolean all = true;
        for (Wheel wheel : stood.keySet()) {
            boolean turned = wheel.turned();
            all &= turned;
            Integer looks = stood.computeIfPresent(wheel, (w, n) -> turned ? 0 : n + 1);
            if (looks != null && looks == patience) {
                onStuck.accept(wheel.thread());
            }
        }
        if (all) {
            turns.incrementAndGet();
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
