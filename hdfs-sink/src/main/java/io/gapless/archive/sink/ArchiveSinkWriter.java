package io.gapless.archive.sink;

import io.gapless.archive.Archive;
import io.gapless.archive.ArchiveWriter;
import io.gapless.media.CameraEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.metrics.MetricGroup;

/** The Flink shell of an {@link ArchiveWriter}. Every method belongs to the task's thread. */
final class ArchiveSinkWriter implements StatefulSinkWriter<CameraEvent, ArchiveWriterState> {
    private final ArchiveWriter writer;
    private final Duration closeTimeout;

    private ArchiveSinkWriter(ArchiveWriter writer, Duration closeTimeout) {
        this.writer = writer;
        this.closeTimeout = closeTimeout;
    }

    static ArchiveSinkWriter start(ArchiveSinkSettings settings, MetricGroup group) {
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
                        metrics);
        metrics.show(writer);
        return new ArchiveSinkWriter(writer, settings.closeTimeout());
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
        writer.close(closeTimeout);
    }
}
