package io.gapless.archive;

import io.gapless.media.CameraId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a writer reports. */
final class RecordingMetrics implements ArchiveWriterMetrics {
    final List<Long> flushNanos = new CopyOnWriteArrayList<>();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger finished = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    final AtomicInteger recovered = new AtomicInteger();
    final AtomicInteger dropped = new AtomicInteger();

    @Override
    public void flushed(CameraId camera, long bytes, long nanos) {
        flushNanos.add(nanos);
    }

    @Override
    public void recordingOpened(CameraId camera) {
        opened.incrementAndGet();
    }

    @Override
    public void recordingFinished(CameraId camera) {
        finished.incrementAndGet();
    }

    @Override
    public void recordingFailed(CameraId camera) {
        failed.incrementAndGet();
    }

    @Override
    public void recordingRecovered(CameraId camera) {
        recovered.incrementAndGet();
    }

    @Override
    public void fragmentDropped(CameraId camera, long bytes) {
        dropped.incrementAndGet();
    }
}
