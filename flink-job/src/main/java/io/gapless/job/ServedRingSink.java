package io.gapless.job;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraEvent;
import io.gapless.ring.sink.RingSink;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** A ring that is served over HTTP by the processes that write it, for as long as they do. */
final class ServedRingSink implements Sink<CameraEvent> {
    private static final long serialVersionUID = 1L;

    private final RingSink ring;
    private final RingService service;

    ServedRingSink(RingSink ring, RingService service) {
        this.ring = requireNonNull(ring, "ring is null");
        this.service = requireNonNull(service, "service is null");
    }

    @Override
    public SinkWriter<CameraEvent> createWriter(WriterInitContext context) {
        SinkWriter<CameraEvent> writer = ring.createWriter(context);
        return new ServedRingWriter(writer, SharedRingServer.acquire(service));
    }

    /** Every method belongs to the task's thread. */
    @SuppressWarnings("try") // Flink's interface lets close() be interrupted
    private record ServedRingWriter(SinkWriter<CameraEvent> writer, SharedRingServer server)
            implements SinkWriter<CameraEvent> {
        @Override
        public void write(CameraEvent event, Context context)
                throws IOException, InterruptedException {
            writer.write(event, context);
        }

        @Override
        public void flush(boolean endOfInput) throws IOException, InterruptedException {
            writer.flush(endOfInput);
        }

        @Override
        public void close() throws Exception {
            try {
                writer.close();
            } finally {
                server.release();
            }
        }
    }
}
