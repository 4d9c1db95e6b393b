package io.gapless.backfill;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Fragments that a ring offered and did not give: not asked of it again for a while, which doubles
 * each time. It may have been the network or a file that is still written; a disk that rots stays
 * so. Bounded, for a ring that lies always. For any thread.
 */
final class Distrust {
    static final Duration FIRST_REST = Duration.ofMinutes(1);
    static final Duration LAST_REST = Duration.ofMinutes(10);
    private static final int MOST = 100_000;

    private record Claim(String ring, FragmentIdentity fragment) {}

    private record Doubt(long restNanos, long untilNanos) {
        boolean isOver(long nowNanos) {
            return nowNanos - untilNanos >= 0;
        }
    }

    private final LongSupplier nanoTicker;
    private final Map<Claim, Doubt> doubts = new HashMap<>();

    Distrust(LongSupplier nanoTicker) {
        this.nanoTicker = nanoTicker;
    }

    synchronized void add(String ring, FragmentIdentity fragment) {
        long now = nanoTicker.getAsLong();
        if (doubts.size() >= MOST) {
            doubts.values().removeIf(doubt -> doubt.isOver(now));
        }
        Claim claim = new Claim(ring, fragment);
        Doubt before = doubts.get(claim);
        if (before != null || doubts.size() < MOST) {
            long rest =
                    before == null
                            ? FIRST_REST.toNanos()
                            : Math.min(2 * before.restNanos, LAST_REST.toNanos());
            doubts.put(claim, new Doubt(rest, now + rest));
        }
    }

    synchronized boolean holds(String ring, FragmentIdentity fragment) {
        Doubt doubt = doubts.get(new Claim(ring, fragment));
        return doubt != null && !doubt.isOver(nanoTicker.getAsLong());
    }
}
