package io.gapless.archive.sink;

import io.gapless.archive.Archive;
import io.gapless.archive.ArchiveWriter;
import io.gapless.media.CameraEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.metrics.MetricGroup;

/** The Flink shell of an {@link ArchiveWriter}. Every method belongs to the task's thread. */
final class ArchiveSinkWriter implements StatefulSinkWriter<CameraEvent, ArchiveWriterState> {
    private final ArchiveWriter writer;
    private final SharedHold hold;
    private final Duration closeTimeout;

    private boolean closed;

    private ArchiveSinkWriter(ArchiveWriter writer, SharedHold hold, Duration closeTimeout) {
        this.writer = writer;
        this.hold = hold;
        this.closeTimeout = closeTimeout;
    }

    /**
     * @param sink names the sink within its job
     */
    static ArchiveSinkWriter start(UUID sink, ArchiveSinkSettings settings, MetricGroup group) {
        SharedHold hold = SharedHold.acquire(sink, settings);
        ArchiveSinkMetrics metrics = new ArchiveSinkMetrics(group);
        ArchiveWriter writer =
                new ArchiveWriter(
                        () ->
                                Archive.openForWriting(
                                        settings.root(), settings.hadoopConfiguration()),
                        settings.options(),
                        ArchiveWriter.newId(settings.options()),
                        InstantSource.system(),
                        System::nanoTime,
                        metrics,
                        hold.hold());
        metrics.show(writer);
        metrics.show(hold.hold());
        return new ArchiveSinkWriter(writer, hold, settings.closeTimeout());
    }

    void recover(ArchiveWriterState state) {
        writer.recover(state.openRecordings());
    }

    @Override
    public void write(CameraEvent event, Context context) {
        writer.write(event);
    }

    /** Never waits: a stalled store must not hold up checkpoints. {@link #close} finishes. */
    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public List<ArchiveWriterState> snapshotState(long checkpointId) {
        return List.of(new ArchiveWriterState(writer.openRecordings()));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            writer.close(closeTimeout);
        } finally {
            hold.release();
        }
    }
}
