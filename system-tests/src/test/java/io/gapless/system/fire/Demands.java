package io.gapless.system.fire;

import java.time.Duration;
import java.util.Optional;

/**
 * What must hold of a scenario besides what must always hold: nothing twice, nothing missing that
 * is not declared.
 *
 * @param recordingAgain the longest time from the timed step until every camera is recorded again
 * @param liveGaps who may have gaps in the live recording, filled later or not
 * @param lost what may be lost for good
 * @param whole how long it may take from the last step until no gap is open
 */
record Demands(Optional<Duration> recordingAgain, LiveGaps liveGaps, Lost lost, Duration whole) {
    /** Who may have gaps in the live recording. */
    enum LiveGaps {
        NONE,
        /** The cameras of the TaskManager that was hit. */
        HIT,
        ANY
    }

    /** What may be lost. */
    enum Lost {
        NOTHING,
        /** What no ring holds. */
        OVERLAP
    }
}
