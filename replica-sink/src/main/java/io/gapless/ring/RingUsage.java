package io.gapless.ring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many bytes lie on all disks of a ring: as they were last surveyed, as this process has
 * written since, and as it is about to write. Rather too many than too few, as what is written
 * during a survey counts twice until the next. Safe for any number of threads.
 */
final class RingUsage {
    /** Surveys of disks that have not answered for so long do not count. */
    private static final Duration STALE = Duration.ofMinutes(1);

    private static final class Count {
        private Optional<DiskSurvey> survey = Optional.empty();
        private long writtenBytes;
        private long promisedBytes;

        private boolean isFresh(long nowNanos) {
            return survey.filter(s -> nowNanos - s.takenNanos() < STALE.toNanos()).isPresent();
        }

        private long bytes() {
            return survey.map(DiskSurvey::bytes).orElse(0L) + writtenBytes + promisedBytes;
        }
    }

    private final Map<Path, Count> disks = new HashMap<>();
    private final Map<Path, Runnable> trimmers = new ConcurrentHashMap<>();

    /**
     * @param trimming has a disk trimmed soon, by its own thread
     */
    void onExcess(Path disk, Runnable trimming) {
        trimmers.put(disk, trimming);
    }

    /** The ring is too large for what one disk can do about it: has the others trimmed soon. */
    void exceededOn(Path disk) {
        trimmers.forEach(
                (other, trimming) -> {
                    if (!other.equals(disk)) {
                        trimming.run();
                    }
                });
    }

    private Count of(Path disk) {
        return disks.computeIfAbsent(disk, d -> new Count());
    }

    /** Bytes that were written to a disk since its last survey; to be told when it is surveyed. */
    synchronized long writtenBytes(Path disk) {
        return of(disk).writtenBytes;
    }

    /**
     * @param seenBytes what {@link #writtenBytes} said before the disk was looked at
     */
    synchronized void surveyed(Path disk, DiskSurvey survey, long seenBytes) {
        Count count = of(disk);
        count.survey = Optional.of(survey);
        count.writtenBytes -= seenBytes;
    }

    synchronized void deleted(Path disk, Set<RingSegment> segments) {
        Count count = of(disk);
        count.survey = count.survey.map(survey -> survey.without(segments));
    }

    /** So many bytes are about to be written to a disk; {@link #kept} is to follow. */
    synchronized void promised(Path disk, long bytes) {
        of(disk).promisedBytes += bytes;
    }

    /** What was promised is over, and so much was written. */
    synchronized void kept(Path disk, long promisedBytes, long writtenBytes) {
        Count count = of(disk);
        count.promisedBytes -= promisedBytes;
        count.writtenBytes += writtenBytes;
    }

    synchronized Optional<DiskSurvey> survey(Path disk) {
        return of(disk).survey;
    }

    /** Surveys of disks that answer. */
    synchronized List<DiskSurvey> fresh(long nowNanos) {
        return disks.values().stream()
                .filter(count -> count.isFresh(nowNanos))
                .flatMap(count -> count.survey.stream())
                .toList();
    }

    /** On all disks that answer. */
    synchronized long bytes(long nowNanos) {
        return disks.values().stream()
                .filter(count -> count.isFresh(nowNanos))
                .mapToLong(Count::bytes)
                .sum();
    }

    synchronized Collection<DiskSurvey> surveys() {
        return disks.values().stream().flatMap(count -> count.survey.stream()).toList();
    }
}
