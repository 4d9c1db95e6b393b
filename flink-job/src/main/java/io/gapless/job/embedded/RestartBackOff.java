package io.gapless.job.embedded;

import java.time.Duration;

/**
 * When a process that died is started again: at once, unless it died soon after its start several
 * times in a row. Pure, one thread.
 */
final class RestartBackOff {
    /** Who has lived so long was well. */
    static final Duration WELL_AFTER = Duration.ofSeconds(30);

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MOST_DOUBLINGS = 5;

    private int earlyEnds;

    /** Of starts in a row that came to nothing. */
    int earlyEnds() {
        return earlyEnds;
    }

    /**
     * Takes note of an end.
     *
     * @return how long to wait before the next start
     */
    Duration ended(Duration lived) {
        earlyEnds = lived.compareTo(WELL_AFTER) >= 0 ? 0 : earlyEnds + 1;
        if (earlyEnds <= 1) {
            return Duration.ZERO;
        }
        Duration wait = FIRST.multipliedBy(1L << Math.min(earlyEnds - 2, MOST_DOUBLINGS));
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }

    /** Takes note that it has lived long enough. */
    void well() {
        earlyEnds = 0;
    }
}
