package io.gapless.ring;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraEvent;
import java.time.Duration;

/**
 * Writes cameras' events into a ring. Several writers may share {@link RingDisks}, and several
 * processes the directories.
 */
public final class RingWriter {
    private final RingDisks disks;

    public RingWriter(RingDisks disks, RingMetrics metrics) {
        this.disks = requireNonNull(disks, "disks is null");
    }

    /**
     * Takes an event over. Never waits, and throws for no disk's sake: what there is no room for is
     * dropped and declared.
     */
    public void write(CameraEvent event) {
        requireNonNull(disks, "disks is null");
    }

    /**
     * Writes what waits and finishes the segments. What is not done by the deadline, or when the
     * thread is interrupted, is dropped.
     */
    public void close(Duration deadline) {}
}
