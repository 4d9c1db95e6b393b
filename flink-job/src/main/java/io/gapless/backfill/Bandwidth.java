package io.gapless.backfill;

import io.gapless.ring.client.Throttle;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A token bucket: so many bytes a second, all threads together. What was received is paid for
 * afterwards, by waiting, so a bucket may be in debt. For any thread.
 */
final class Bandwidth implements Throttle {
    /** How much may come at once after a pause. */
    private static final double BURST_SECONDS = 0.25;

    private static final double NANOS_PER_SECOND = 1e9;

    private final double bytesPerSecond;
    private final LongSupplier nanoTicker;
    private double tokens;
    private long lastNanos;

    Bandwidth(long bytesPerSecond, LongSupplier nanoTicker) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanoTicker = nanoTicker;
        this.tokens = bytesPerSecond * BURST_SECONDS;
        this.lastNanos = nanoTicker.getAsLong();
    }

    /** How many nanoseconds the caller has to wait after {@code bytes} more. */
    synchronized long spend(int bytes) {
        long now = nanoTicker.getAsLong();
        double earned = (now - lastNanos) / NANOS_PER_SECOND * bytesPerSecond;
        lastNanos = now;
        tokens = Math.min(tokens + earned, bytesPerSecond * BURST_SECONDS) - bytes;
        return tokens >= 0 ? 0 : (long) (-tokens / bytesPerSecond * NANOS_PER_SECOND);
    }

    @Override
    public void received(int bytes) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(spend(bytes));
    }
}
