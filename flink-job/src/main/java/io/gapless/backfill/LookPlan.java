package io.gapless.backfill;

import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import java.time.Duration;
import java.util.Optional;

/**
 * When a camera's timeline is looked at, and how much of it: everything the rings may hold at first
 * and then once an hour; in between the last minutes, and older holes with growing patience. One
 * thread at a time; times are elapsed nanoseconds unless they are of the timeline.
 */
final class LookPlan {
    private static final Duration RECENT = Duration.ofMinutes(10);
    private static final Duration FULL_INTERVAL = Duration.ofHours(1);

    /** While something is expected to change by itself: a fill to be seen, a ring to catch up. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private static final Duration MOST_PATIENCE = Duration.ofMinutes(5);

    /** Looked at beyond what rings hold, to give up what nobody fetched in time. */
    private static final Duration EXPIRY = Duration.ofHours(2);

    private static final Duration FARTHEST = Duration.ofDays(90);

    private final BackfillLimits limits;
    private Optional<Long> nextFullNanos = Optional.empty();
    private Duration expiry = EXPIRY;
    private long lastLookNanos;

    private Optional<MediaTime> oldestOpen = Optional.empty();
    private Duration patience;
    private long oldDueNanos;

    LookPlan(BackfillLimits limits) {
        this.limits = limits;
        this.patience = limits.interval();
    }

    /** What to look at now. */
    TimeRange range(MediaTime now, long nowNanos) {
        return new TimeRange(from(now, nowNanos), now);
    }

    private MediaTime from(MediaTime now, long nowNanos) {
        if (isFull(nowNanos)) {
            return oldest(now).plusTicks(-MediaTime.ticks(expiry));
        }
        MediaTime recent = now.plusTicks(-MediaTime.ticks(RECENT));
        return isOldDue(nowNanos)
                ? MediaTime.min(recent, oldestOpen.orElse(recent).plusTicks(-margin()))
                : recent;
    }

    /** What lies before it is in no ring any more. */
    MediaTime oldest(MediaTime now) {
        return now.plusTicks(-MediaTime.ticks(limits.lookBack()));
    }

    private static long margin() {
        return MediaTime.ticks(HoleGroup.MARGIN);
    }

    private boolean isFull(long nowNanos) {
        return nextFullNanos.isEmpty()
                || nowNanos - nextFullNanos.get() >= 0
                || nowNanos - lastLookNanos > RECENT.toNanos() / 2;
    }

    private boolean isOldDue(long nowNanos) {
        return oldestOpen.isPresent() && nowNanos - oldDueNanos >= 0;
    }

    /**
     * A look succeeded.
     *
     * @param looked what {@link #range} said before it
     * @param seen start of the earliest hole that was seen
     * @param open start of the earliest hole that stays open
     * @param progress whether something was fetched
     */
    void looked(
            TimeRange looked,
            Optional<MediaTime> seen,
            Optional<MediaTime> open,
            boolean progress,
            long nowNanos) {
        if (isFull(nowNanos)) {
            boolean farther = looksBackFarther(looked, seen);
            nextFullNanos = Optional.of(nowNanos + (farther ? 0 : FULL_INTERVAL.toNanos()));
            oldestOpen = Optional.empty();
        }
        lastLookNanos = nowNanos;
        boolean sawOldest = oldestOpen.map(old -> !old.isBefore(looked.from())).orElse(true);
        if (sawOldest) {
            oldestOpen = open;
            patience = progress || open.isEmpty() ? limits.interval() : more(patience);
            oldDueNanos = nowNanos + (progress ? 0 : patience.toNanos());
        } else if (open.isPresent()) {
            oldestOpen = oldestOpen.map(old -> MediaTime.min(old, open.get()));
        }
    }

    /** A hole that reaches out of what was looked at began earlier. */
    private boolean looksBackFarther(TimeRange looked, Optional<MediaTime> seen) {
        boolean reachesOut = seen.map(at -> !at.isAfter(looked.from())).orElse(false);
        boolean farther = reachesOut && expiry.compareTo(FARTHEST) < 0;
        expiry = farther ? expiry.multipliedBy(4) : EXPIRY;
        return farther;
    }

    private static Duration more(Duration patience) {
        Duration doubled = patience.multipliedBy(2);
        return doubled.compareTo(MOST_PATIENCE) < 0 ? doubled : MOST_PATIENCE;
    }

    /** A ring is back: old holes are worth another look. */
    void hope(long nowNanos) {
        patience = limits.interval();
        oldDueNanos = nowNanos;
    }

    /** How long to wait until the next look. */
    Duration pause(boolean expecting) {
        return expecting && SOON.compareTo(limits.interval()) < 0 ? SOON : limits.interval();
    }
}
