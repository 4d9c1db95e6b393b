package io.gapless.ring.client;

/** Holds a transfer back, so that recording comes first. */
@FunctionalInterface
public interface Throttle {
    /** Holds nothing back. */
    Throttle NONE = bytes -> {};

    /**
     * Called on the fetching thread with bytes that were received; the next are taken from the
     * network when it returns. The time spent here counts against no deadline.
     *
     * @param bytes some tens of thousands
     */
    void received(int bytes) throws InterruptedException;
}
