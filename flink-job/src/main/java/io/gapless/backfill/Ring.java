package io.gapless.backfill;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.media.TimeRange;
import io.gapless.ring.client.RingFragment;
import io.gapless.ring.client.RingListing;
import io.gapless.ring.client.Throttle;

/** A ring that can be asked, by any number of threads; every call blocks, but not for ever. */
interface Ring extends AutoCloseable {
    /** Its address, for logs and to tell rings apart. */
    String name();

    RingListing list(CameraId camera, TimeRange range) throws RingFailure;

    /** The fragment, proven to be what was listed; the caller owns it. */
    Fragment fetch(RingFragment listed, MediaMemory memory, Throttle throttle) throws RingFailure;

    @Override
    void close();
}
