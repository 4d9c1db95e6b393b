package io.gapless.rtsp;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A recorder's clocks that stand still until they are told. */
final class ScriptedClock implements InstantSource, LongSupplier {
    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final long START_NANOS = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong(START_NANOS);

    void set(Duration sinceStart) {
        nanos.set(START_NANOS + sinceStart.toNanos());
    }

    @Override
    public long getAsLong() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos.get() - START_NANOS);
    }
}
