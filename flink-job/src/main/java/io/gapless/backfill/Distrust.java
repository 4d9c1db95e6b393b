package io.gapless.backfill;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Fragments that a ring offered and did not give: not asked of it again for a while. Bounded, for a
 * ring that lies always. For any thread.
 */
final class Distrust {
    private static final Duration WHILE = Duration.ofMinutes(10);
    private static final int MOST = 100_000;

    private record Claim(String ring, FragmentIdentity fragment) {}

    private final LongSupplier nanoTicker;
    private final Map<Claim, Long> untilNanos = new HashMap<>();

    Distrust(LongSupplier nanoTicker) {
        this.nanoTicker = nanoTicker;
    }

    synchronized void add(String ring, FragmentIdentity fragment) {
        long now = nanoTicker.getAsLong();
        if (untilNanos.size() >= MOST) {
            untilNanos.values().removeIf(until -> now - until >= 0);
        }
        if (untilNanos.size() < MOST) {
            untilNanos.put(new Claim(ring, fragment), now + WHILE.toNanos());
        }
    }

    synchronized boolean holds(String ring, FragmentIdentity fragment) {
        Claim claim = new Claim(ring, fragment);
        Long until = untilNanos.get(claim);
        if (until != null && nanoTicker.getAsLong() - until >= 0) {
            untilNanos.remove(claim);
            return false;
        }
        return until != null;
    }
}
