package io.gapless.ring.server;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a ring's server spends on its clients at the most. Past a bound it answers 503.
 *
 * @param connections at once, at least 1
 * @param streams answers under way at once, at least 1
 * @param bytesPerSecond to all clients together; 0 for no bound
 * @param requestTimeout until a connection's next request has come whole; then it is closed
 * @param answerTimeout for any answer, besides the time that its bytes may take at 32 kB/s
 * @param diskTimeout for a disk to say what it holds, and for each piece of an answer; one that
 *     takes longer is left out until it answers
 * @param pageFragments of a page of a listing, at least 1
 * @param range the longest that a listing may be asked for
 */
public record RingServerLimits(
        int connections,
        int streams,
        long bytesPerSecond,
        Duration requestTimeout,
        Duration answerTimeout,
        Duration diskTimeout,
        int pageFragments,
        Duration range) {
    public static final RingServerLimits DEFAULT =
            new RingServerLimits(
                    256,
                    64,
                    0,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(5),
                    1000,
                    Duration.ofDays(31));

    /** Slower clients are cut off, or a few could keep all others out. */
    private static final long SLOWEST_BYTES_PER_SECOND = 32_000;

    public RingServerLimits {
        requireNonNull(requestTimeout, "requestTimeout is null");
        requireNonNull(answerTimeout, "answerTimeout is null");
        requireNonNull(diskTimeout, "diskTimeout is null");
        requireNonNull(range, "range is null");
        if (connections < 1 || streams < 1 || bytesPerSecond < 0 || pageFragments < 1) {
            throw new IllegalArgumentException(
                    "a ring's server with %d connections, %d streams, %d bytes a second, pages of %d"
                            .formatted(connections, streams, bytesPerSecond, pageFragments));
        }
    }

    public RingServerLimits withConnections(int most) {
        return new RingServerLimits(
                most,
                streams,
                bytesPerSecond,
                requestTimeout,
                answerTimeout,
                diskTimeout,
                pageFragments,
                range);
    }

    public RingServerLimits withBytesPerSecond(long most) {
        return new RingServerLimits(
                connections,
                streams,
                most,
                requestTimeout,
                answerTimeout,
                diskTimeout,
                pageFragments,
                range);
    }

    /** How long an answer of so many bytes may take, if every stream gets its share. */
    Duration answerTimeout(long bytes) {
        long share = bytesPerSecond == 0 ? SLOWEST_BYTES_PER_SECOND : bytesPerSecond / streams / 2;
        long slowest = Math.max(1, Math.min(SLOWEST_BYTES_PER_SECOND, share));
        return answerTimeout.plusSeconds(bytes / slowest);
    }
}
