package io.gapless.ring;

import io.gapless.media.CameraId;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a writer reports. */
final class CountedMetrics implements RingMetrics {
    final AtomicInteger written = new AtomicInteger();
    final AtomicInteger dropped = new AtomicInteger();
    final AtomicInteger finished = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();

    @Override
    public void fragmentWritten(CameraId camera, long bytes) {
        written.incrementAndGet();
    }

    @Override
    public void fragmentDropped(CameraId camera, long bytes) {
        dropped.incrementAndGet();
    }

    @Override
    public void segmentFinished(CameraId camera) {
        finished.incrementAndGet();
    }

    @Override
    public void writeFailed(CameraId camera) {
        failed.incrementAndGet();
    }
}
