package io.gapless.ring.client;

import static java.util.Objects.requireNonNull;

import io.gapless.media.FragmentHeader;
import io.gapless.media.StreamConfiguration;

/**
 * A fragment as a ring lists it: a claim, which fetching it proves.
 *
 * @param sizeBytes with all its boxes, at least 1
 */
public record RingFragment(
        FragmentHeader header, long sizeBytes, StreamConfiguration configuration) {
    public RingFragment {
        requireNonNull(header, "header is null");
        requireNonNull(configuration, "configuration is null");
        if (sizeBytes < 1) {
            throw new IllegalArgumentException("a fragment of %d bytes".formatted(sizeBytes));
        }
    }
}
