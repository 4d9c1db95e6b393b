package io.gapless.ring;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraEvent;
import io.gapless.media.CameraId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes cameras' events into a ring. Several writers may share {@link RingDisks}, and several
 * processes the directories. Owned by one thread, the task's, which never waits for a disk.
 */
public final class RingWriter {
    private final RingDisks disks;
    private final RingMetrics metrics;
    private final Map<CameraId, Lane> lanes = new HashMap<>();
    private boolean closed;

    public RingWriter(RingDisks disks, RingMetrics metrics) {
        this.disks = requireNonNull(disks, "disks is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    /**
     * Takes an event over. Never waits, and throws for no disk's sake: what there is no room for is
     * dropped, and the camera's next fragment says so.
     *
     * @throws IllegalStateException if the writer is closed or ran into a bug
     */
    public void write(CameraEvent event) {
        disks.throwBug();
        if (closed) {
            throw new IllegalStateException("the ring's writer is closed");
        }
        disks.queue()
                .offer(lanes.computeIfAbsent(event.camera(), c -> new Lane(c, metrics)), event);
    }

    /**
     * Writes what waits and finishes the segments. What is not done by the deadline, or when the
     * thread is interrupted, is dropped. A second call does nothing.
     */
    public void close(Duration deadline) {
        if (!closed) {
            closed = true;
            disks.queue().close(lanes.values(), deadline);
        }
    }
}
