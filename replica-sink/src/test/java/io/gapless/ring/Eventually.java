package io.gapless.ring;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, not for a time. */
public final class Eventually {
    public interface Condition {
        boolean holds() throws Exception;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Eventually() {}

    public static void await(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
