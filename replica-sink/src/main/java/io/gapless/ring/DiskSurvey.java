package io.gapless.ring;

import java.util.List;
import java.util.Set;

/**
 * What lay on a disk when it was looked at.
 *
 * @param segments oldest first
 * @param bytes the sum of their lengths
 * @param takenNanos when, on the elapsed clock
 */
record DiskSurvey(List<RingSegment> segments, long bytes, long takenNanos) {
    static DiskSurvey of(List<RingSegment> oldestFirst, long takenNanos) {
        return new DiskSurvey(
                oldestFirst, oldestFirst.stream().mapToLong(RingSegment::bytes).sum(), takenNanos);
    }

    DiskSurvey without(Set<RingSegment> deleted) {
        return of(segments.stream().filter(s -> !deleted.contains(s)).toList(), takenNanos);
    }
}
