package io.gapless.media.stitch;

import io.gapless.media.Digest;
import java.io.IOException;
import java.util.Optional;

/** Digests of the beginnings of a replica's fragments; asked for rarely, as it may cost a fetch. */
@FunctionalInterface
public interface PartDigests<R> {
    /**
     * The digest of the first {@code accessUnits} in decoding order, computed as that of a fragment
     * would be; empty if it cannot be had.
     *
     * @param accessUnits at least 1, fewer than the fragment has
     * @throws IOException ends the planning
     */
    Optional<Digest> first(Offer<R> offer, int accessUnits) throws IOException;
}
