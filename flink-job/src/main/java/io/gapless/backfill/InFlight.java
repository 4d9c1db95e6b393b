package io.gapless.backfill;

import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Fills of one camera that were handed on and are not yet seen in the archive. While any is
 * expected no ring is asked, for the archive's answer is about to change. What it does not show in
 * time is fetched again, but not for ever: it may hold it and show something else. One thread at a
 * time.
 */
final class InFlight {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 3;

    private record Fill(MediaTime end, int attempt, long deadlineNanos) {}

    private final Map<FragmentIdentity, Fill> fills = new HashMap<>();

    void handedOn(FragmentHeader placed, long nowNanos) {
        FragmentIdentity identity = FragmentIdentity.of(placed);
        Fill before = fills.get(identity);
        int attempt = before == null ? 1 : before.attempt + 1;
        long deadline = nowNanos + PATIENCE.toNanos();
        fills.put(identity, new Fill(placed.end(), attempt, deadline));
    }

    /**
     * Forgets what the archive shows.
     *
     * @return how many of the fills that were waited for it shows
     */
    int seen(Collection<FragmentHeader> shown) {
        if (fills.isEmpty()) {
            return 0;
        }
        Set<FragmentIdentity> identities = new HashSet<>();
        shown.forEach(header -> identities.add(FragmentIdentity.of(header)));
        int before = fills.size();
        fills.keySet().removeAll(identities);
        return before - fills.size();
    }

    /** Whether the archive is expected to show something soon. */
    boolean isExpecting(long nowNanos) {
        return fills.values().stream().anyMatch(fill -> isWaitedFor(fill, nowNanos));
    }

    /** Whether a fragment was handed on again and again in vain. */
    boolean isGivenUp(FragmentIdentity fragment, long nowNanos) {
        Fill fill = fills.get(fragment);
        return fill != null && fill.attempt >= ATTEMPTS && !isWaitedFor(fill, nowNanos);
    }

    /** Forgets fills of times that nobody asks for any more. */
    void forgetBefore(MediaTime oldest) {
        fills.values().removeIf(fill -> fill.end.isBefore(oldest));
    }

    private static boolean isWaitedFor(Fill fill, long nowNanos) {
        return nowNanos - fill.deadlineNanos < 0;
    }
}
