package io.gapless.ring.client;

import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import java.util.List;
import java.util.Optional;

/**
 * One page of a listing.
 *
 * @param complete whether the ring could read all its disks
 * @param next names where the next page begins, if there is one
 */
record ListingPage(
        Optional<MediaTime> oldest,
        Optional<MediaTime> newest,
        List<RingFragment> fragments,
        List<Interruption> interruptions,
        boolean complete,
        Optional<String> next) {}
