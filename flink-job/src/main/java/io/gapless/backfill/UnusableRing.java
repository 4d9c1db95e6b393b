package io.gapless.backfill;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.media.TimeRange;
import io.gapless.ring.client.RingFragment;
import io.gapless.ring.client.RingListing;
import io.gapless.ring.client.Throttle;

/**
 * A ring that cannot be asked from here: its name or our secret is not known. It may hold what is
 * missing all the same, so it counts as one that does not answer.
 */
record UnusableRing(String name, RingFault fault, String complaint) implements Ring {
    @Override
    public RingListing list(CameraId camera, TimeRange range) throws RingFailure {
        throw new RingFailure(fault, complaint);
    }

    @Override
    public Fragment fetch(RingFragment listed, MediaMemory memory, Throttle throttle)
            throws RingFailure {
        throw new RingFailure(fault, complaint);
    }

    @Override
    public void close() {}
}
