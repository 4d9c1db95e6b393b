package io.gapless.archive.sink;

import io.gapless.archive.ArchiveWriter;
import io.gapless.archive.ArchiveWriterMetrics;
import io.gapless.archive.hold.VideoHold;
import io.gapless.media.CameraId;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/**
 * The writer's metrics of a subtask, under {@code archive}. Aggregates only: a series per camera
 * would cost every reporter thousands. Written by IO threads.
 */
final class ArchiveSinkMetrics implements ArchiveWriterMetrics {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final MetricGroup group;
    private final Counter bytesWritten;
    private final Counter recordingsOpened;
    private final Counter recordingsFinished;
    private final Counter recordingsFailed;
    private final Counter recordingsRecovered;
    private final Counter fragmentsDropped;
    private final Counter bytesDropped;
    private final AtomicLong lastFlushMillis = new AtomicLong();

    ArchiveSinkMetrics(MetricGroup parent) {
        this.group = parent.addGroup("archive");
        this.bytesWritten = counter("bytesWritten");
        this.recordingsOpened = counter("recordingsOpened");
        this.recordingsFinished = counter("recordingsFinished");
        this.recordingsFailed = counter("recordingsFailed");
        this.recordingsRecovered = counter("recordingsRecovered");
        this.fragmentsDropped = counter("fragmentsDropped");
        this.bytesDropped = counter("bytesDropped");
        group.gauge("lastFlushMillis", lastFlushMillis::get);
    }

    private Counter counter(String name) {
        return group.counter(name, new ThreadSafeSimpleCounter());
    }

    void show(ArchiveWriter writer) {
        group.gauge("pendingBytes", writer::pendingBytes);
        group.gauge("stalledCameras", writer::stalledCameras);
        group.gauge("fullCameras", writer::fullCameras);
    }

    /** The same for all subtasks of a process. */
    void show(VideoHold hold) {
        group.gauge("spilledBytes", hold::spilledBytes);
        group.gauge("spilledHighWaterBytes", hold::spilledHighWaterBytes);
        group.gauge("spillBudgetBytes", hold::spillBudgetBytes);
        group.gauge("failedSpillDisks", hold::failedDisks);
    }

    @Override
    public void flushed(CameraId camera, long bytes, long nanos) {
        bytesWritten.inc(bytes);
        lastFlushMillis.set(nanos / NANOS_PER_MILLI);
    }

    @Override
    public void recordingOpened(CameraId camera) {
        recordingsOpened.inc();
    }

    @Override
    public void recordingFinished(CameraId camera) {
        recordingsFinished.inc();
    }

    @Override
    public void recordingFailed(CameraId camera) {
        recordingsFailed.inc();
    }

    @Override
    public void recordingRecovered(CameraId camera) {
        recordingsRecovered.inc();
    }

    @Override
    public void fragmentDropped(CameraId camera, long bytes) {
        fragmentsDropped.inc();
        bytesDropped.inc(bytes);
    }
}
