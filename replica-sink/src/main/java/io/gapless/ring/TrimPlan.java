package io.gapless.ring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which segments of a disk must go. Pure: equal surveys give equal decisions, so that
 * threads and processes which trim the same directories agree.
 */
final class TrimPlan {
    private final RingLimits limits;
    private final Duration segmentDuration;

    TrimPlan(RingLimits limits, Duration segmentDuration) {
        this.limits = limits;
        this.segmentDuration = segmentDuration;
    }

    /**
     * The segments of {@code disk} to delete, oldest first; growing ones never.
     *
     * @param all the surveys of all disks, this one's included
     * @param excessBytes that the ring holds too many, all disks together
     * @param usableBytes that can still be written on this disk
     * @param wantedBytes that are to be written on it now, beside the reserve
     */
    Set<RingSegment> surplus(
            DiskSurvey disk,
            Collection<DiskSurvey> all,
            Instant now,
            long excessBytes,
            long usableBytes,
            long wantedBytes) {
        Set<RingSegment> surplus = new LinkedHashSet<>(tooOld(disk, now));
        addTooMany(surplus, disk, all, excessBytes);
        addForReserve(surplus, disk, limits.reserveBytes() + wantedBytes - usableBytes);
        return surplus;
    }

    private List<RingSegment> tooOld(DiskSurvey disk, Instant now) {
        Instant before = now.minus(limits.maxAge()).minus(segmentDuration);
        return disk.segments().stream()
                .takeWhile(s -> s.file().name().start().isBefore(before))
                .filter(s -> !s.growing())
                .toList();
    }

    /** The oldest of all disks go first, so that every camera is kept equally long. */
    private static void addTooMany(
            Set<RingSegment> surplus,
            DiskSurvey disk,
            Collection<DiskSurvey> all,
            long excessBytes) {
        if (excessBytes <= 0) {
            return;
        }
        long excess = excessBytes;
        Set<RingSegment> own = Set.copyOf(disk.segments());
        List<RingSegment> oldestFirst = new ArrayList<>();
        all.forEach(survey -> oldestFirst.addAll(survey.segments()));
        oldestFirst.sort(RingSegment.OLDEST_FIRST);
        for (RingSegment segment : oldestFirst) {
            if (excess > 0 && !segment.growing()) {
                excess -= segment.bytes();
                if (own.contains(segment)) {
                    surplus.add(segment);
                }
            }
        }
    }

    /** The oldest of one disk that together have so many bytes; growing ones never. */
    static Set<RingSegment> oldest(DiskSurvey disk, long bytes) {
        Set<RingSegment> oldest = new LinkedHashSet<>();
        long missing = bytes;
        for (RingSegment segment : disk.segments()) {
            if (missing > 0 && !segment.growing()) {
                oldest.add(segment);
                missing -= segment.bytes();
            }
        }
        return oldest;
    }

    /** What readers still hold open is not free at once, so it counts as freed here. */
    private static void addForReserve(Set<RingSegment> surplus, DiskSurvey disk, long shortBytes) {
        long missing = shortBytes - surplus.stream().mapToLong(RingSegment::bytes).sum();
        for (RingSegment segment : disk.segments()) {
            if (missing <= 0) {
                return;
            }
            if (!segment.growing() && surplus.add(segment)) {
                missing -= segment.bytes();
            }
        }
    }
}
