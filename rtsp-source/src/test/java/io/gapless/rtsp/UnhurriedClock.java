package io.gapless.rtsp;

import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.SimulatedCameras;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Time for a camera and its recorder alike. It goes on with the machine's, but no further than 40
 * ms from one look at it to the next: on a machine too busy to let either of them run, the camera
 * waits with its pictures, and the recorder with its patience.
 */
final class UnhurriedClock implements InstantSource, LongSupplier {
    private static final long LONGEST_STEP_NANOS = 40_000_000;

    private final Instant start = Instant.parse("2026-11-22T10:00:00Z");
    private long lastLook = System.nanoTime();
    private long nanos;

    /** A camera that lives in this time. */
    SimulatedCameras camera(CameraSpec spec) throws IOException {
        return SimulatedCameras.builder().camera(spec).wallClock(this).nanoTicker(this).start();
    }

    @Override
    public synchronized long getAsLong() {
        long now = System.nanoTime();
        nanos += Math.min(now - lastLook, LONGEST_STEP_NANOS);
        lastLook = now;
        return nanos;
    }

    @Override
    public Instant instant() {
        return start.plusNanos(getAsLong());
    }
}
