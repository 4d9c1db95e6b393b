package io.gapless.backfill;

import java.time.Duration;

/** Is told what backfill does for the cameras of a subtask. Called by backfill's threads. */
interface FillListener {
    /** A fragment came from a ring and was handed on. */
    void fetched(long bytes);

    /** A gap was seen to be whole so long after recording resumed. */
    void filled(Duration afterResumption);
}
