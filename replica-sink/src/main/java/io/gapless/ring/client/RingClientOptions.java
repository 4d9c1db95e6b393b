package io.gapless.ring.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Patience and bounds of a {@link RingClient}.
 *
 * @param connectTimeout until a connection stands, TLS included
 * @param firstByteTimeout from a request to the head of its answer
 * @param progressWindow within which an answer must bring {@code progressBytes}, time that the
 *     {@link Throttle} takes left out
 * @param progressBytes at least 1
 * @param totalTimeout for one list or one fetch, resumption included, throttling left out
 * @param maxFragmentBytes a larger fragment is not fetched
 * @param maxFragments a listing of more is refused
 * @param maxPageBytes a page of a listing with more is refused
 * @param resumptions how often a broken transfer is taken up again
 */
public record RingClientOptions(
        Duration connectTimeout,
        Duration firstByteTimeout,
        Duration progressWindow,
        int progressBytes,
        Duration totalTimeout,
        long maxFragmentBytes,
        int maxFragments,
        int maxPageBytes,
        int resumptions) {
    public static final RingClientOptions DEFAULT =
            new RingClientOptions(
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    64 << 10,
                    Duration.ofMinutes(2),
                    64 << 20,
                    200_000,
                    8 << 20,
                    3);

    public RingClientOptions {
        positive(connectTimeout, "connectTimeout");
        positive(firstByteTimeout, "firstByteTimeout");
        positive(progressWindow, "progressWindow");
        positive(totalTimeout, "totalTimeout");
        if (progressBytes < 1 || maxFragmentBytes < 1 || maxFragments < 1 || maxPageBytes < 1) {
            throw new IllegalArgumentException("the bounds of a ring's client must be at least 1");
        }
        if (resumptions < 0) {
            throw new IllegalArgumentException("%d resumptions".formatted(resumptions));
        }
    }

    private static void positive(Duration duration, String name) {
        requireNonNull(duration, name + " is null");
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("%s is %s".formatted(name, duration));
        }
    }
}
