package io.gapless.ring.client;

import static java.util.Objects.requireNonNull;

import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import java.util.List;
import java.util.Optional;

/**
 * What a ring says it holds of one camera in a range.
 *
 * @param oldest start of the camera's oldest fragment in the ring, in the range or not; what is
 *     older is lost to this ring, for what it held it never gets again
 * @param newest end of its newest fragment
 * @param fragments those that overlap the range, in order of start, run and sequence
 * @param interruptions where runs ended within the range, in order of time
 * @param complete whether the ring could read all its disks; else it may hold more
 */
public record RingListing(
        Optional<MediaTime> oldest,
        Optional<MediaTime> newest,
        List<RingFragment> fragments,
        List<Interruption> interruptions,
        boolean complete) {
    public RingListing {
        requireNonNull(oldest, "oldest is null");
        requireNonNull(newest, "newest is null");
        fragments = List.copyOf(fragments);
        interruptions = List.copyOf(interruptions);
    }
}
