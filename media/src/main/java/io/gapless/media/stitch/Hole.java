package io.gapless.media.stitch;

import static java.util.Objects.requireNonNull;

import io.gapless.media.GapCause;
import io.gapless.media.TimeRange;

/** A stretch of a timeline whose frames the archive lacks, or has only damaged. */
public record Hole(TimeRange range, GapCause cause) {
    public Hole {
        requireNonNull(range, "range is null");
        requireNonNull(cause, "cause is null");
    }
}
