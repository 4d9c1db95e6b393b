package io.gapless.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * A camera's true clock: elapsed time by the ticker, wall time counted on from the start, so that
 * neither drifts against the other. For any thread.
 */
final class CameraClock {
    private final LongSupplier nanoTicker;
    private final long startNanos;
    private final long startMicros;

    CameraClock(InstantSource wallClock, LongSupplier nanoTicker) {
        this.nanoTicker = nanoTicker;
        startNanos = nanoTicker.getAsLong();
        startMicros = ChronoUnit.MICROS.between(Instant.EPOCH, wallClock.instant());
    }

    /** Nanoseconds since the camera's start. */
    long elapsedNanos() {
        return nanoTicker.getAsLong() - startNanos;
    }

    long wallMicros(long elapsedNanos) {
        return startMicros + elapsedNanos / 1000;
    }
}
