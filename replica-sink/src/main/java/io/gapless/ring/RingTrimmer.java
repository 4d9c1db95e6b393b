package io.gapless.ring;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one disk of a ring within its limits: by age, by the bytes of all disks together, and by
 * what must stay free on this one. Several processes may trim the same directories.
 *
 * <p>Trims ahead: every few seconds as much more goes as was lately written between two looks, so
 * that the writer, who is never let past a limit, finds room and need not wait.
 *
 * <p>The disk's writer and the thread that trims it every few seconds meet here, under a lock that
 * is held while a few files are deleted. Each disk has its own, so one that hangs holds up no
 * other.
 */
final class RingTrimmer {
    private static final Logger LOG = LoggerFactory.getLogger(RingTrimmer.class);

    /** A round deletes no more, so that the writer need not wait for long. */
    private static final int MAX_DELETIONS = 200;

    private static final int ATTEMPTS = 3;

    /** Ahead of time goes this much of what was written between two looks, */
    private static final int AHEAD = 2;

    /** but no more than this part of all. */
    private static final int MOST_AHEAD = 4;

    private final Path directory;
    private final DiskFiles files;
    private final RingLimits limits;
    private final InstantSource clock;
    private final LongSupplier nanoTicker;
    private final RingUsage usage;
    private final TrimPlan plan;
    private final DiskListing listing;
    private long spareBytes;
    private long aheadBytes;
    private boolean complained;

    /**
     * @param usage of all disks of the ring, shared by their trimmers
     */
    RingTrimmer(
            Path directory,
            DiskFiles files,
            RingOptions options,
            InstantSource clock,
            LongSupplier nanoTicker,
            RingUsage usage) {
        this.directory = directory;
        this.files = files;
        this.limits = options.limits();
        this.clock = clock;
        this.nanoTicker = nanoTicker;
        this.usage = usage;
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
        long writtenBytes = survey();
        aheadBytes = Math.min(AHEAD * writtenBytes, limits.maxBytes() / MOST_AHEAD);
        return trim(0);
    }

    private boolean trim(long wantedBytes) throws IOException {
        Set<RingSegment> surplus =
                plan.surplus(
                        usage.survey(directory).orElseThrow(),
                        usage.fresh(nanoTicker.getAsLong()),
                        clock.instant(),
                        excessBytes(wantedBytes + aheadBytes),
                        files.usableBytes(directory),
                        wantedBytes);
        delete(surplus.stream().limit(MAX_DELETIONS).toList());
        measure();
        return surplus.size() > MAX_DELETIONS;
    }

    /** By how much the ring would be too large if so many bytes came to it. */
    private long excessBytes(long moreBytes) {
        return usage.bytes(nanoTicker.getAsLong()) + moreBytes - limits.maxBytes();
    }

    /** Bytes written since the look before. */
    private long survey() throws IOException {
        long writtenBytes = usage.writtenBytes(directory);
        List<RingSegment> segments = listing.list(clock.instant());
        DiskSurvey survey = DiskSurvey.of(segments, nanoTicker.getAsLong());
        usage.surveyed(directory, survey, writtenBytes);
        return writtenBytes;
    }

    private void delete(List<RingSegment> surplus) throws IOException {
        Set<RingSegment> deleted = new HashSet<>();
        try {
            for (RingSegment segment : surplus) {
                files.delete(segment.file().path());
                deleted.add(segment);
            }
        } finally {
            usage.deleted(directory, deleted);
        }
    }

    private void measure() throws IOException {
        spareBytes = files.usableBytes(directory) - limits.reserveBytes();
    }

    /**
     * Returns when so many bytes can be written without making the ring too large or touching the
     * reserve; {@link #wrote} is to follow. Growing segments are never deleted: where they alone
     * are too many, the ring is too large; and where all others lie on other disks, until those are
     * trimmed, which begins now.
     *
     * @throws IOException if there is no room on the disk even after trimming
     */
    synchronized void makeRoom(long bytes) throws IOException {
        if (usage.survey(directory).isEmpty()) {
            survey();
        }
        keepBound(bytes);
        for (int attempt = 0; spareBytes < bytes && attempt < ATTEMPTS; attempt++) {
            measure();
            if (spareBytes < bytes) {
                survey();
                trim(bytes);
            }
        }
        if (spareBytes < bytes) {
            throw new IOException(
                    "the disk is full: %d bytes are free, of which %d are the reserve"
                            .formatted(spareBytes + limits.reserveBytes(), limits.reserveBytes()));
        }
        spareBytes -= bytes;
        usage.promised(directory, bytes);
    }

    private void keepBound(long bytes) throws IOException {
        if (excessBytes(bytes) > 0) {
            survey();
            trim(bytes);
        }
        long excess = excessBytes(bytes);
        if (excess > 0) {
            // The oldest lie on other disks, whose trimmers are not there yet.
            delete(List.copyOf(TrimPlan.oldest(usage.survey(directory).orElseThrow(), excess)));
            excess = excessBytes(bytes);
        }
        if (excess > 0) {
            usage.exceededOn(directory);
            complainOfGrowing();
        }
    }

    /** Nothing can be done about it but to allow the ring more, so it is said once. */
    private void complainOfGrowing() {
        boolean onlyGrowing =
                usage.fresh(nanoTicker.getAsLong()).stream()
                        .flatMap(survey -> survey.segments().stream())
                        .allMatch(RingSegment::growing);
        if (onlyGrowing && !complained) {
            complained = true;
            LOG.warn(
                    "Ring disk {}: what is being written alone is more than the ring's {} bytes",
                    directory,
                    limits.maxBytes());
        }
    }

    /**
     * What there was to be room for is written.
     *
     * @param promisedBytes what {@link #makeRoom} was asked for, or 0
     */
    void wrote(long promisedBytes, long writtenBytes) {
        usage.kept(directory, promisedBytes, writtenBytes);
    }

    /** What the ring could hold on this disk at most; to compare disks by. */
    synchronized long roomBytes() throws IOException {
        measure();
        return spareBytes + usage.survey(directory).map(DiskSurvey::bytes).orElse(0L);
    }
}
