package io.gapless.ring;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Keeps one disk of a ring within its limits: by age, by the bytes of all disks together, and by
 * what must stay free on this one. Several processes may trim the same directories.
 *
 * <p>The disk's writer and the thread that trims it every few seconds meet here, under a lock that
 * is held while a few files are deleted. Each disk has its own, so one that hangs holds up no
 * other.
 */
final class RingTrimmer {
    /** A round deletes no more, so that the writer need not wait for long. */
    private static final int MAX_DELETIONS = 200;

    /** Surveys of disks that have not answered for so long do not count. */
    private static final Duration STALE = Duration.ofMinutes(1);

    private static final int ATTEMPTS = 3;

    private final Path directory;
    private final DiskFiles files;
    private final RingLimits limits;
    private final InstantSource clock;
    private final LongSupplier nanoTicker;
    private final ConcurrentMap<Path, DiskSurvey> surveys;
    private final TrimPlan plan;
    private final DiskListing listing;
    private long spareBytes;

    /**
     * @param surveys of all disks of the ring, shared by their trimmers
     */
    RingTrimmer(
            Path directory,
            DiskFiles files,
            RingOptions options,
            InstantSource clock,
            LongSupplier nanoTicker,
            ConcurrentMap<Path, DiskSurvey> surveys) {
        this.directory = directory;
        this.files = files;
        this.limits = options.limits();
        this.clock = clock;
        this.nanoTicker = nanoTicker;
        this.surveys = surveys;
        this.plan = new TrimPlan(limits, options.segmentDuration());
        Duration longestSilence = options.segmentDuration().plus(options.idleBeforeFinish());
        this.listing = new DiskListing(directory, longestSilence.multipliedBy(2));
    }

    /**
     * Looks at the disk and deletes what is too much.
     *
     * @return whether there is more to delete at once
     */
    synchronized boolean trim() throws IOException {
        return trim(0);
    }

    private boolean trim(long wantedBytes) throws IOException {
        survey();
        Set<RingSegment> surplus =
                plan.surplus(
                        surveys.get(directory),
                        fresh(),
                        clock.instant(),
                        files.usableBytes(directory),
                        wantedBytes);
        delete(surplus.stream().limit(MAX_DELETIONS).toList());
        measure();
        return surplus.size() > MAX_DELETIONS;
    }

    private void survey() throws IOException {
        List<RingSegment> segments = listing.list(clock.instant());
        surveys.put(directory, DiskSurvey.of(segments, nanoTicker.getAsLong()));
    }

    private Collection<DiskSurvey> fresh() {
        long now = nanoTicker.getAsLong();
        return surveys.values().stream()
                .filter(s -> now - s.takenNanos() < STALE.toNanos())
                .toList();
    }

    private void delete(List<RingSegment> surplus) throws IOException {
        Set<RingSegment> deleted = new HashSet<>();
        try {
            for (RingSegment segment : surplus) {
                files.delete(segment.file().path());
                deleted.add(segment);
            }
        } finally {
            surveys.computeIfPresent(directory, (d, survey) -> survey.without(deleted));
        }
    }

    private void measure() throws IOException {
        spareBytes = files.usableBytes(directory) - limits.reserveBytes();
    }

    /**
     * Returns when so many bytes can be written without touching the reserve.
     *
     * @throws IOException if there is no room even after trimming
     */
    synchronized void makeRoom(long bytes) throws IOException {
        for (int attempt = 0; spareBytes < bytes && attempt < ATTEMPTS; attempt++) {
            measure();
            if (spareBytes < bytes) {
                trim(bytes);
            }
        }
        if (spareBytes < bytes) {
            throw new IOException(
                    "the disk is full: %d bytes are free, of which %d are the reserve"
                            .formatted(spareBytes + limits.reserveBytes(), limits.reserveBytes()));
        }
        spareBytes -= bytes;
    }

    /** What the ring could hold on this disk at most; to compare disks by. */
    synchronized long roomBytes() throws IOException {
        measure();
        DiskSurvey survey = surveys.get(directory);
        return spareBytes + (survey == null ? 0 : survey.bytes());
    }
}
