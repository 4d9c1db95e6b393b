package io.gapless.archive.sink;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraEvent;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Writes cameras' events into the archive. No fault of the store ever fails the task or holds up a
 * checkpoint: what is not yet durable waits in memory and on local disks, and what no longer fits
 * there is a declared gap. The state only says which recordings to finish if the writer dies; it
 * may be lost or old without harm, because the archive itself is the truth.
 */
public final class ArchiveSink
        implements Sink<CameraEvent>, SupportsWriterState<CameraEvent, ArchiveWriterState> {
    private static final long serialVersionUID = 1L;

    private final ArchiveSinkSettings settings;

    /** The same for all its writers, wherever they run. */
    private final UUID id = UUID.randomUUID();

    public ArchiveSink(ArchiveSinkSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    @Override
    public StatefulSinkWriter<CameraEvent, ArchiveWriterState> createWriter(
            WriterInitContext context) {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<CameraEvent, ArchiveWriterState> restoreWriter(
            WriterInitContext context, Collection<ArchiveWriterState> states) {
        ArchiveSinkWriter writer = ArchiveSinkWriter.start(id, settings, context.metricGroup());
        states.forEach(writer::recover);
        return writer;
    }

    @Override
    public SimpleVersionedSerializer<ArchiveWriterState> getWriterStateSerializer() {
        return new ArchiveWriterStateSerializer();
    }
}
