package io.gapless.ring.sink;

import io.gapless.media.CameraEvent;
import io.gapless.ring.RingWriter;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.MetricGroup;

/** The Flink shell of a {@link RingWriter}. Every method belongs to the task's thread. */
final class RingSinkWriter implements SinkWriter<CameraEvent> {
    private final SharedRing.Lease ring;
    private final RingWriter writer;
    private final Duration closeTimeout;

    private RingSinkWriter(SharedRing.Lease ring, RingWriter writer, Duration closeTimeout) {
        this.ring = ring;
        this.writer = writer;
        this.closeTimeout = closeTimeout;
    }

    static RingSinkWriter start(RingSinkSettings settings, MetricGroup group) {
        SharedRing.Lease ring = SharedRing.acquire(settings);
        RingSinkMetrics metrics = new RingSinkMetrics(group, ring.disks());
        return new RingSinkWriter(
                ring, new RingWriter(ring.disks(), metrics), settings.closeTimeout());
    }

    @Override
    public void write(CameraEvent event, Context context) {
        writer.write(event);
    }

    /** Never waits: a slow disk must not hold up checkpoints. {@link #close} finishes. */
    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {
        try {
            writer.close(closeTimeout);
        } finally {
            ring.close(closeTimeout);
        }
    }
}
