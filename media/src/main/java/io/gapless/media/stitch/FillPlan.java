package io.gapless.media.stitch;

import io.gapless.media.TimeRange;
import java.util.List;

/**
 * What to copy from replicas.
 *
 * @param fills in order of time
 * @param unfilled parts of the holes for which nothing whole is offered, in order of time; damaged
 *     fills may lie in them
 */
public record FillPlan<R>(List<Fill<R>> fills, List<TimeRange> unfilled) {
    public FillPlan {
        fills = List.copyOf(fills);
        unfilled = List.copyOf(unfilled);
    }
}
