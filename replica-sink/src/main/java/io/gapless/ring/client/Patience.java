package io.gapless.ring.client;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long one call may still wait: until its end, and until enough bytes have come. One thread.
 */
final class Patience {
    private final long progressNanos;
    private final int progressBytes;
    private final LongSupplier nanoTicker;
    private long endNanos;
    private long windowNanos;
    private long windowBytes;

    Patience(RingClientOptions options, LongSupplier nanoTicker) {
        this.progressNanos = options.progressWindow().toNanos();
        this.progressBytes = options.progressBytes();
        this.nanoTicker = nanoTicker;
        this.endNanos = nanoTicker.getAsLong() + options.totalTimeout().toNanos();
        this.windowNanos = nanoTicker.getAsLong();
    }

    /** Time until the whole call has taken too long; 0 or less if it has. */
    Duration left() {
        return Duration.ofNanos(endNanos - nanoTicker.getAsLong());
    }

    /** The body of an answer begins. */
    void bodyBegins() {
        windowNanos = nanoTicker.getAsLong();
        windowBytes = 0;
    }

    /** How long the next bytes may take; 0 or less if too few came in time. */
    long nextBytesNanos() {
        long now = nanoTicker.getAsLong();
        return Math.min(windowNanos + progressNanos - now, endNanos - now);
    }

    void received(int bytes) {
        windowBytes += bytes;
        if (windowBytes >= progressBytes) {
            bodyBegins();
        }
    }

    /** Time that was not the ring's. */
    void forgive(long nanos) {
        endNanos += nanos;
        windowNanos += nanos;
    }
}
