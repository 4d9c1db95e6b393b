package io.gapless.media.stitch;

import static java.util.Objects.requireNonNull;

import io.gapless.media.FragmentHeader;

/**
 * A replica's fragment with its place in the archive.
 *
 * @param placed its header with the primary's times, to be given to {@link Retiming}; identity and
 *     digest are the replica's
 */
public record Fill<R>(Offer<R> offer, FragmentHeader placed) {
    public Fill {
        requireNonNull(offer, "offer is null");
        requireNonNull(placed, "placed is null");
    }
}
