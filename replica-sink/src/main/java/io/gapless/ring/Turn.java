package io.gapless.ring;

import io.gapless.media.CameraEvent;
import java.util.Optional;

/**
 * One piece of work for a camera on a disk's thread: writing an event, or finishing a segment. It
 * owns both until it ends. Turns are told apart as objects.
 */
final class Turn {
    private final Lane lane;
    private final Disk disk;
    private final Optional<CameraEvent> event;
    private final Optional<Segment> segment;
    private final long startedNanos;

    /**
     * @param event to write; none if the segment is to be finished
     * @param segment that the camera has open
     * @param startedNanos on the elapsed clock
     */
    Turn(
            Lane lane,
            Disk disk,
            Optional<CameraEvent> event,
            Optional<Segment> segment,
            long startedNanos) {
        this.lane = lane;
        this.disk = disk;
        this.event = event;
        this.segment = segment;
        this.startedNanos = startedNanos;
    }

    Lane lane() {
        return lane;
    }

    Disk disk() {
        return disk;
    }

    Optional<CameraEvent> event() {
        return event;
    }

    Optional<Segment> segment() {
        return segment;
    }

    long startedNanos() {
        return startedNanos;
    }

    /** Whether the lane still waits for this turn. */
    boolean isCurrent() {
        return lane.turn.filter(t -> t == this).isPresent();
    }
}
