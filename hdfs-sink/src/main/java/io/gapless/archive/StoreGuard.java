package io.gapless.archive;

/**
 * One call's deadline. Two threads meet here: the caller and the watching timer; the lock makes
 * sure that the interrupt never hits what the caller does next.
 */
final class StoreGuard {
    private final Thread caller;
    private final long startNanos;
    private final long deadlineNanos;
    private boolean expired;
    private boolean done;

    StoreGuard(Thread caller, long startNanos, long deadlineNanos) {
        this.caller = caller;
        this.startNanos = startNanos;
        this.deadlineNanos = deadlineNanos;
    }

    long elapsedNanos(long nowNanos) {
        return nowNanos - startNanos;
    }

    /** Interrupts the caller past the deadline, and again each time: clients swallow some. */
    synchronized void expire(long nowNanos) {
        if (!done && elapsedNanos(nowNanos) > deadlineNanos) {
            expired = true;
            caller.interrupt();
        }
    }

    synchronized boolean expired() {
        return expired;
    }

    /** Ends the guard; takes back an interrupt of its own that nobody noticed. */
    synchronized void done() {
        done = true;
        if (expired) {
            Thread.interrupted();
        }
    }
}
