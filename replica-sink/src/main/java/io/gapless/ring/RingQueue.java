package io.gapless.ring;

import io.gapless.media.CameraEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Where task threads, disks' threads and the watch meet: a lock around {@link RingState}. It is
 * never held while a disk is asked anything, so nobody waits here for a disk.
 */
final class RingQueue {
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition laneDone = lock.newCondition();
    private final RingState state;

    RingQueue(RingOptions options, LongSupplier nanoTicker) {
        this.state = new RingState(options, nanoTicker);
    }

    /** Adds a disk, which must be probed before it is used. */
    Disk add(Path directory, RingTrimmer trimmer) {
        return locked(() -> state.add(new Disk(directory, trimmer, lock.newCondition())));
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
            laneDone.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes an event over; drops what is too much. The task's thread. */
    void offer(Lane lane, CameraEvent event) {
        locked(() -> state.offer(lane, event));
    }

    /**
     * Writes what waits in these lanes, finishes their segments and forgets them. What is not done
     * in time, or when the thread is interrupted, is dropped; its segments are finished later.
     */
    void close(Collection<Lane> closing, Duration deadline) {
        lock.lock();
        try {
            closing.forEach(state::closeWhenDone);
            long left = deadline.toNanos();
            while (left > 0 && !closing.stream().allMatch(Lane::isDone)) {
                left = laneDone.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closing.forEach(state::remove);
            lock.unlock();
        }
    }

    /** What a disk's thread is to do next; waits for it. */
    DiskWork next(Disk disk) throws InterruptedException {
        lock.lock();
        try {
            Optional<DiskWork> work = state.work(disk);
            while (work.isEmpty()) {
                disk.work.awaitNanos(LONGEST_WAIT_NANOS);
                work = state.work(disk);
            }
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * A turn went well.
     *
     * @param segment that the camera has open now
     * @param bytesWritten of a fragment
     */
    void done(Turn turn, Optional<Segment> segment, long bytesWritten) {
        locked(() -> state.done(turn, segment, bytesWritten));
    }

    /**
     * A turn failed: its disk is out, and its event is written elsewhere.
     *
     * @param segment that was open when it failed
     */
    void failed(Turn turn, Optional<Segment> segment, IOException cause) {
        locked(() -> state.failed(turn, segment, cause));
    }

    /** A turn ended in a bug: its event is lost, and nothing else. */
    void broken(Turn turn, Optional<Segment> segment) {
        locked(() -> state.broken(turn, segment));
    }

    void works(Disk disk) {
        locked(() -> state.works(disk));
    }

    void stillFails(Disk disk, IOException cause) {
        locked(() -> state.stillFails(disk, cause));
    }

    /** Takes out disks that hang, and has segments of silent cameras finished. */
    void watch() {
        locked(state::watch);
    }

    void room(Disk disk, long roomBytes) {
        locked(() -> disk.roomBytes = roomBytes);
    }

    /** Of fragments that wait and of those that disks' threads are at. */
    long bytes() {
        return locked(state::bytes);
    }

    int failedDisks() {
        return locked(state::failedDisks);
    }

    List<Disk> disks() {
        return locked(state::disks);
    }

    /** Lets the disks' threads end when they have given up what is left. */
    void shutDown() {
        locked(state::shutDown);
    }
}
