package io.gapless.ring;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;

/**
 * What the {@link RingQueue} knows of a disk. All but {@code directory} and {@code trimmer} is
 * guarded by its lock.
 */
final class Disk {
    enum State {
        /** Not yet tried. */
        NEW,
        HEALTHY,
        /** Left alone after a failure. */
        OUT
    }

    final Path directory;
    final RingTrimmer trimmer;

    /** Its thread waits here. */
    final Condition work;

    final ArrayDeque<Lane> ready = new ArrayDeque<>();

    /** Segments whose cameras have moved elsewhere; to be given up by the disk's own thread. */
    final ArrayDeque<Segment> abandoned = new ArrayDeque<>();

    State state = State.NEW;

    /** What its thread is at now, on behalf of a camera. */
    Optional<Turn> turn = Optional.empty();

    /** Lanes that are placed here. */
    int lanes;

    /** What the ring could hold here at most. */
    long roomBytes = 1;

    int failures;
    long retryNanos;

    Disk(Path directory, RingTrimmer trimmer, Condition work) {
        this.directory = directory;
        this.trimmer = trimmer;
        this.work = work;
    }

    void enqueue(Lane lane) {
        lane.ready = true;
        ready.addLast(lane);
        work.signal();
    }

    void abandon(Segment segment) {
        abandoned.addLast(segment);
        work.signal();
    }

    void forget(Lane lane) {
        lanes--;
        ready.remove(lane);
    }

    boolean healthy() {
        return state == State.HEALTHY;
    }

    /** Room for each camera, if there were so many. */
    double share(int cameras) {
        return (double) Math.max(1, roomBytes) / Math.max(1, cameras);
    }
}
