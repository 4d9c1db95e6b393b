package io.gapless.ring.sink;

import io.gapless.media.CameraId;
import io.gapless.ring.RingDisks;
import io.gapless.ring.RingMetrics;
import java.time.Duration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/**
 * A subtask's metrics, under {@code ring}. Counters are the subtask's own; gauges show the ring of
 * the process, the same for all its subtasks. Written by IO threads.
 */
final class RingSinkMetrics implements RingMetrics {
    private final MetricGroup group;
    private final Counter bytesWritten;
    private final Counter segmentsFinished;
    private final Counter fragmentsDropped;
    private final Counter writeErrors;

    RingSinkMetrics(MetricGroup parent, RingDisks disks) {
        this.group = parent.addGroup("ring");
        this.bytesWritten = counter("bytesWritten");
        this.segmentsFinished = counter("segmentsFinished");
        this.fragmentsDropped = counter("fragmentsDropped");
        this.writeErrors = counter("writeErrors");
        group.gauge("usedBytes", disks::usedBytes);
        group.gauge(
                "oldestVideoAgeSeconds",
                () -> disks.oldestAge().map(Duration::toSeconds).orElse(0L));
        group.gauge("failedDisks", disks::failedDisks);
        group.gauge("queueBytes", disks::queueBytes);
    }

    private Counter counter(String name) {
        return group.counter(name, new ThreadSafeSimpleCounter());
    }

    @Override
    public void fragmentWritten(CameraId camera, long bytes) {
        bytesWritten.inc(bytes);
    }

    @Override
    public void fragmentDropped(CameraId camera, long bytes) {
        fragmentsDropped.inc();
    }

    @Override
    public void segmentFinished(CameraId camera) {
        segmentsFinished.inc();
    }

    @Override
    public void writeFailed(CameraId camera) {
        writeErrors.inc();
    }
}
