package io.gapless.backfill;

import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.media.stitch.Fill;
import io.gapless.media.stitch.Retiming;
import io.gapless.ring.client.Throttle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches fills and puts them in their place. Blocks; for any thread. */
final class Fetcher {
    private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);

    private final Rings rings;
    private final MediaMemory memory;
    private final MemoryGate gate;
    private final Throttle throttle;

    Fetcher(Rings rings, MediaMemory memory, MemoryGate gate, Throttle throttle) {
        this.rings = rings;
        this.memory = memory;
        this.gate = gate;
        this.throttle = throttle;
    }

    /**
     * Fetches one fill and hands it on. What cannot be had now is left out; the next look at the
     * archive finds it missing.
     */
    void fetch(CameraBackfill camera, Fill<RingCopy> fill) throws InterruptedException {
        RingCopy copy = fill.offer().source();
        long bytes = copy.fragment().sizeBytes();
        if (!gate.canEverTake(bytes)) {
            LOG.warn(
                    "Camera {}: a fragment of {} bytes does not fit into backfill's memory of {}",
                    camera.camera(),
                    bytes,
                    memory.budgetBytes());
            rings.distrust(copy);
            return;
        }
        gate.enter(bytes);
        try {
            place(camera, fill, rings.fetch(copy, memory, throttle));
        } catch (RingFailure e) {
            LOG.debug("Camera {}: not fetched: {}", camera.camera(), e.getMessage());
        } finally {
            gate.leave(bytes);
        }
    }

    private void place(CameraBackfill camera, Fill<RingCopy> fill, Fragment fetched) {
        try {
            camera.handOn(Retiming.apply(fetched, fill.placed()));
        } catch (IllegalArgumentException e) {
            fetched.release();
            rings.distrust(fill.offer().source());
            LOG.warn("Camera {}: not usable: {}", camera.camera(), e.getMessage());
        }
    }
}
