package io.gapless.job.embedded;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do: there is nobody who could notify us. */
public final class Poll {
    private static final Duration INTERVAL = Duration.ofMillis(50);

    private Poll() {}

    /** Waits until {@code condition} holds or the thread is interrupted. */
    public static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }

    /** Waits until {@code condition} holds, and tells whether it did within {@code limit}. */
    public static boolean until(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        until(() -> condition.getAsBoolean() || System.nanoTime() - end >= 0);
        return condition.getAsBoolean();
    }
}
