package io.gapless.ring;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a ring is written.
 *
 * @param limits what it may hold
 * @param queueBytes of video that may wait for the disks, all cameras together; more than two
 *     fragments, so at least 16 MiB
 * @param segmentDuration how much later than a segment's first fragment its last one may start
 * @param idleBeforeFinish how long nothing may come from a camera before its segment is finished
 * @param writeDeadline how long one write may take before its disk counts as hanging
 * @param firstRetry how long a failed disk is left alone at first; doubles with each failure
 * @param lastRetry up to this
 * @param trimInterval from one look at what the disks hold to the next
 */
public record RingOptions(
        RingLimits limits,
        long queueBytes,
        Duration segmentDuration,
        Duration idleBeforeFinish,
        Duration writeDeadline,
        Duration firstRetry,
        Duration lastRetry,
        Duration trimInterval) {
    /** The least of {@link #queueBytes}. */
    public static final long MIN_QUEUE_BYTES = 16L << 20;

    public RingOptions {
        requireNonNull(limits, "limits is null");
        requireNonNull(segmentDuration, "segmentDuration is null");
        requireNonNull(idleBeforeFinish, "idleBeforeFinish is null");
        requireNonNull(writeDeadline, "writeDeadline is null");
        requireNonNull(firstRetry, "firstRetry is null");
        requireNonNull(lastRetry, "lastRetry is null");
        requireNonNull(trimInterval, "trimInterval is null");
        if (queueBytes < MIN_QUEUE_BYTES) {
            throw new IllegalArgumentException(
                    "a queue of %d bytes is less than %d".formatted(queueBytes, MIN_QUEUE_BYTES));
        }
    }

    /** Segments of 60 s, finished after 30 s of silence; a write may take 10 s. */
    public static RingOptions of(RingLimits limits, long queueBytes) {
        return new RingOptions(
                limits,
                queueBytes,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofSeconds(5));
    }
}
