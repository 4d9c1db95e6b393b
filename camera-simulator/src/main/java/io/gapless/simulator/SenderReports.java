package io.gapless.simulator;

import java.time.Duration;
import java.util.Optional;

/** How well a camera tells the time in its RTCP sender reports, sent at PLAY and every 5 s. */
public enum SenderReports {
    TRUE,
    NONE,
    /** The first comes 8 s after PLAY. */
    LATE,
    /** The clock was never set: it counts from 2000 on. */
    WRONG_YEAR,
    /** The clock jumps ahead by two seconds every ten. */
    STEPPING,
    /** The clock is set to local time and reads five hours more. */
    HOURS_AHEAD;

    static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration LATENESS = Duration.ofSeconds(8);
    private static final long MICROS_1970_TO_2000 = 946_684_800_000_000L;
    private static final long STEP_PERIOD_MICROS = 10_000_000;
    private static final long STEP_MICROS = 2_000_000;
    private static final long HOURS_MICROS = Duration.ofHours(5).toNanos() / 1000;

    /** How long after PLAY the first report is sent, empty if none ever is. */
    Optional<Duration> firstAfter() {
        return switch (this) {
            case NONE -> Optional.empty();
            case LATE -> Optional.of(LATENESS);
            case TRUE, WRONG_YEAR, STEPPING, HOURS_AHEAD -> Optional.of(Duration.ZERO);
        };
    }

    /** What the camera believes to be the time, in microseconds since 1970. */
    long wallMicros(CameraClock clock, long elapsedNanos) {
        long elapsedMicros = elapsedNanos / 1000;
        long truth = clock.wallMicros(elapsedNanos);
        return switch (this) {
            case TRUE, NONE, LATE -> truth;
            case WRONG_YEAR -> MICROS_1970_TO_2000 + elapsedMicros;
            case STEPPING -> truth + elapsedMicros / STEP_PERIOD_MICROS * STEP_MICROS;
            case HOURS_AHEAD -> truth + HOURS_MICROS;
        };
    }
}
