package io.gapless.system.nvr;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what other processes do. */
public final class Eventually {
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private Eventually() {}

    /** Waits until {@code condition} holds and fails with {@code what} if it does not in time. */
    public static void holds(String what, Duration limit, Callable<Boolean> condition)
            throws Exception {
        holds(() -> what, limit, condition);
    }

    /** As {@link #holds(String, Duration, Callable)}; {@code what} tells how far it came. */
    public static void holds(Supplier<String> what, Duration limit, Callable<Boolean> condition)
            throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - end >= 0) {
                throw new AssertionError("not within %s: %s".formatted(limit, what.get()));
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }
}
