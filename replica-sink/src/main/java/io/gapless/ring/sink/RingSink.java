package io.gapless.ring.sink;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraEvent;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes cameras' events into the ring on the TaskManager's disks. No disk's fault ever fails the
 * task or holds up a checkpoint.
 *
 * <p>It has no state: the ring's files say themselves what is in them, segments that a dead writer
 * left open are read as they are and trimmed with the others, and a writer that comes back never
 * goes on in an old file. So there is nothing that a checkpoint could tell it.
 */
public final class RingSink implements Sink<CameraEvent> {
    private static final long serialVersionUID = 1L;

    private final RingSinkSettings settings;

    public RingSink(RingSinkSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    @Override
    public SinkWriter<CameraEvent> createWriter(WriterInitContext context) {
        return RingSinkWriter.start(settings, context.metricGroup());
    }
}
