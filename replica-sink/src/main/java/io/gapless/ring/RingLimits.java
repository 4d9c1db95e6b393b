package io.gapless.ring;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a ring may hold. Whichever bound is reached first deletes the oldest segments.
 *
 * @param maxBytes of all directories together, as the sum of the files' lengths
 * @param maxAge since a segment ended
 * @param reserveBytes that stay free on each disk, whoever filled it; the ring writes nothing there
 *     while there are fewer
 */
public record RingLimits(long maxBytes, Duration maxAge, long reserveBytes) {
    public RingLimits {
        requireNonNull(maxAge, "maxAge is null");
        if (maxBytes < 1 || reserveBytes < 0 || maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException(
                    "a ring of at most %d bytes and %s with a reserve of %d bytes"
                            .formatted(maxBytes, maxAge, reserveBytes));
        }
    }
}
