package io.gapless.system.fire;

/** The condition of a way between two failure domains. For any thread. */
final class Link {
    private static final double NANOS = 1e9;

    private final String name;
    private boolean cut;
    private double bytesPerSecond;
    private long freeAtNanos;

    Link(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    synchronized void cut() {
        cut = true;
    }

    synchronized boolean isCut() {
        return cut;
    }

    /** Each way. */
    synchronized void slow(double rate) {
        bytesPerSecond = rate;
        freeAtNanos = System.nanoTime();
    }

    synchronized void heal() {
        cut = false;
        bytesPerSecond = 0;
        notifyAll();
    }

    synchronized void awaitOpen() throws InterruptedException {
        while (cut) {
            wait();
        }
    }

    /** Waits until so many bytes may pass. */
    void pass(int bytes) throws InterruptedException {
        awaitOpen();
        long nanos = reserve(bytes);
        if (nanos > 0) {
            Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
            awaitOpen();
        }
    }

    private synchronized long reserve(int bytes) {
        if (bytesPerSecond == 0) {
            return 0;
        }
        long now = System.nanoTime();
        freeAtNanos = Math.max(freeAtNanos, now) + (long) (bytes * NANOS / bytesPerSecond);
        return freeAtNanos - now;
    }
}
