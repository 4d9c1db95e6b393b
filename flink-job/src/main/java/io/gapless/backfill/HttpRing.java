package io.gapless.backfill;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.media.TimeRange;
import io.gapless.ring.client.NoMemoryForRingException;
import io.gapless.ring.client.RingAddress;
import io.gapless.ring.client.RingBusyException;
import io.gapless.ring.client.RingClient;
import io.gapless.ring.client.RingClientOptions;
import io.gapless.ring.client.RingException;
import io.gapless.ring.client.RingFailedException;
import io.gapless.ring.client.RingFragment;
import io.gapless.ring.client.RingGoneException;
import io.gapless.ring.client.RingListing;
import io.gapless.ring.client.RingLyingException;
import io.gapless.ring.client.RingRefusedException;
import io.gapless.ring.client.Throttle;

/** A ring that is asked over HTTP. */
final class HttpRing implements Ring {
    private final RingClient client;

    HttpRing(RingAddress address) {
        this.client = new RingClient(address, RingClientOptions.DEFAULT);
    }

    @Override
    public String name() {
        return client.address().toString();
    }

    @Override
    public RingListing list(CameraId camera, TimeRange range) throws RingFailure {
        try {
            return client.list(camera, range);
        } catch (RingException e) {
            throw failure(e);
        }
    }

    @Override
    public Fragment fetch(RingFragment listed, MediaMemory memory, Throttle throttle)
            throws RingFailure {
        try {
            return client.fetch(listed, memory, throttle);
        } catch (RingException e) {
            throw failure(e);
        }
    }

    private static RingFailure failure(RingException e) {
        return new RingFailure(fault(e), e.getMessage());
    }

    private static RingFault fault(RingException e) {
        if (e instanceof RingRefusedException) {
            return RingFault.REFUSED;
        }
        if (e instanceof RingBusyException) {
            return RingFault.BUSY;
        }
        if (e instanceof RingFailedException) {
            return RingFault.FAILED;
        }
        if (e instanceof RingGoneException) {
            return RingFault.GONE;
        }
        if (e instanceof RingLyingException) {
            return RingFault.LYING;
        }
        return e instanceof NoMemoryForRingException ? RingFault.NO_MEMORY : RingFault.UNREACHABLE;
    }

    @Override
    public void close() {
        client.close();
    }
}
