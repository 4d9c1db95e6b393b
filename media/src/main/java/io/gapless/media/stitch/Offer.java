package io.gapless.media.stitch;

import static java.util.Objects.requireNonNull;

import io.gapless.media.FragmentHeader;

/**
 * A fragment that a replica holds.
 *
 * @param header with the replica's times
 * @param replica which one: its runs follow one another, and its clock is off alike in all
 * @param source how the caller fetches it
 */
public record Offer<R>(FragmentHeader header, String replica, R source) {
    public Offer {
        requireNonNull(header, "header is null");
        requireNonNull(replica, "replica is null");
        requireNonNull(source, "source is null");
    }
}
