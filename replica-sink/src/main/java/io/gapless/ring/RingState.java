package io.gapless.ring;

import io.gapless.media.CameraEvent;
import io.gapless.media.Fragment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which events wait, which disk each camera is on, who is at what. Guarded by the lock of the
 * {@link RingQueue}; asks no disk anything.
 *
 * <p>Bounded in bytes. Past the bound the oldest fragment of the camera with the most waiting bytes
 * is dropped, so a camera that gets on is not dropped for the sake of one that does not.
 */
final class RingState {
    private static final Logger LOG = LoggerFactory.getLogger(RingState.class);

    private final RingOptions options;
    private final LongSupplier nanoTicker;
    private final DiskOutages outages;
    private final Set<Lane> lanes = new LinkedHashSet<>();
    private final List<Disk> disks = new ArrayList<>();
    private final Placement placement = new Placement(disks);
    private long bytes;
    private long droppedInARow;
    private boolean closed;

    RingState(RingOptions options, LongSupplier nanoTicker) {
        this.options = options;
        this.nanoTicker = nanoTicker;
        this.outages = new DiskOutages(options, nanoTicker);
    }

    Disk add(Disk disk) {
        disks.add(disk);
        return disk;
    }

    List<Disk> disks() {
        return List.copyOf(disks);
    }

    long bytes() {
        return bytes;
    }

    int failedDisks() {
        return (int) disks.stream().filter(d -> d.state == Disk.State.OUT).count();
    }

    // What writers do.

    void offer(Lane lane, CameraEvent event) {
        lanes.add(lane);
        lane.add(event);
        lane.lastEventNanos = nanoTicker.getAsLong();
        lane.finishing = lane.closing;
        bytes += Lane.sizeBytes(event);
        dropTooMuch();
        schedule(lane);
    }

    private void dropTooMuch() {
        while (bytes > options.queueBytes()) {
            Optional<Fragment> oldest =
                    lanes.stream()
                            .max(Comparator.comparingLong(Lane::pendingBytes))
                            .flatMap(Lane::drop);
            if (oldest.isEmpty()) {
                return;
            }
            if (droppedInARow++ == 0) {
                LOG.warn("The ring's disks do not keep up: {} bytes wait, the oldest go", bytes);
            }
            release(oldest.get());
        }
    }

    private void release(CameraEvent event) {
        bytes -= Lane.sizeBytes(event);
        if (event instanceof Fragment fragment) {
            fragment.release();
        }
        if (droppedInARow > 0 && bytes < options.queueBytes() / 2) {
            LOG.info("The ring's disks keep up again; {} fragments were dropped", droppedInARow);
            droppedInARow = 0;
        }
    }

    void closeWhenDone(Lane lane) {
        lane.closing = true;
        lane.finishing = true;
        schedule(lane);
    }

    /** Drops what the lane has. */
    void remove(Lane lane) {
        lane.detach();
        lane.abandonSegment();
        while (lane.peek().isPresent()) {
            CameraEvent event = lane.take();
            if (event instanceof Fragment fragment) {
                lane.lost(fragment);
            }
            release(event);
        }
        lane.place(Optional.empty());
        lanes.remove(lane);
    }

    void shutDown() {
        closed = true;
        List.copyOf(lanes).forEach(this::remove);
        disks.forEach(d -> d.work.signal());
    }

    // What the disks' threads do.

    private void schedule(Lane lane) {
        if (lane.ready || lane.turn.isPresent() || !lane.hasWork()) {
            return;
        }
        if (lane.disk.isEmpty()) {
            lane.place(placement.choose(Optional.empty()));
        }
        lane.disk.ifPresent(disk -> disk.enqueue(lane));
    }

    /** What a disk's thread is to do now, if there is anything. */
    Optional<DiskWork> work(Disk disk) {
        if (!disk.abandoned.isEmpty()) {
            return Optional.of(new DiskWork.GiveUp(disk.abandoned.removeFirst()));
        }
        if (closed) {
            return Optional.of(new DiskWork.End());
        }
        if (disk.state == Disk.State.HEALTHY) {
            return nextTurn(disk);
        }
        return outages.isDue(disk) ? Optional.of(new DiskWork.Probe()) : Optional.empty();
    }

    private Optional<DiskWork> nextTurn(Disk disk) {
        while (!disk.ready.isEmpty()) {
            Lane lane = disk.ready.removeFirst();
            lane.ready = false;
            lane.dropPointless();
            Optional<Turn> turn = moved(lane) ? Optional.empty() : turn(disk, lane);
            if (turn.isPresent()) {
                lane.begin(turn.get());
                disk.turn = turn;
                return Optional.of(new DiskWork.Write(turn.get()));
            }
        }
        return Optional.empty();
    }

    /** Whether the lane is about to begin a segment, and does so on another disk. */
    private boolean moved(Lane lane) {
        if (lane.segment.isPresent() || lane.peek().isEmpty()) {
            return false;
        }
        Optional<Disk> chosen = placement.choose(lane.disk);
        if (chosen.equals(lane.disk)) {
            return false;
        }
        lane.place(chosen);
        schedule(lane);
        return true;
    }

    private Optional<Turn> turn(Disk disk, Lane lane) {
        long now = nanoTicker.getAsLong();
        if (lane.nextFits()) {
            Optional<CameraEvent> event = Optional.of(lane.take());
            return Optional.of(new Turn(lane, disk, event, lane.segment, now));
        }
        boolean finish = lane.segment.isPresent() && lane.hasWork();
        return finish
                ? Optional.of(new Turn(lane, disk, Optional.empty(), lane.segment, now))
                : Optional.empty();
    }

    void done(Turn turn, Optional<Segment> segment, long bytesWritten) {
        Lane lane = turn.lane();
        turn.event().ifPresent(this::release);
        if (bytesWritten > 0) {
            lane.metrics.fragmentWritten(lane.camera, bytesWritten);
        }
        if (segment.isEmpty()) {
            turn.disk().failures = 0;
            lane.metrics.segmentFinished(lane.camera);
        }
        end(turn, segment);
    }

    private void end(Turn turn, Optional<Segment> segment) {
        Lane lane = turn.lane();
        turn.disk().turn = Optional.empty();
        if (turn.isCurrent()) {
            lane.end(segment);
            schedule(lane);
        } else {
            segment.ifPresent(turn.disk()::abandon);
        }
    }

    void failed(Turn turn, Optional<Segment> segment, IOException cause) {
        Lane lane = turn.lane();
        segment.ifPresent(turn.disk()::abandon);
        if (turn.isCurrent()) {
            turn.event().ifPresent(lane::putBack);
            lane.metrics.writeFailed(lane.camera);
        } else {
            turn.event().ifPresent(this::release);
        }
        end(turn, Optional.empty());
        takeOut(turn.disk(), cause.toString());
    }

    void broken(Turn turn, Optional<Segment> segment) {
        segment.ifPresent(turn.disk()::abandon);
        turn.event().ifPresent(this::release);
        end(turn, Optional.empty());
    }

    // What becomes of disks.

    private void takeOut(Disk disk, String cause) {
        if (!outages.begin(disk, cause)) {
            return;
        }
        for (Lane lane : List.copyOf(lanes)) {
            if (lane.isOn(disk)) {
                lane.abandonSegment();
                lane.place(Optional.empty());
                schedule(lane);
            }
        }
    }

    void works(Disk disk) {
        outages.end(disk);
        List.copyOf(lanes).forEach(this::schedule);
    }

    void stillFails(Disk disk, IOException cause) {
        if (disk.state == Disk.State.OUT) {
            outages.prolong(disk);
        } else {
            takeOut(disk, cause.toString());
        }
    }

    void watch() {
        disks.forEach(this::takeOutIfHanging);
        long now = nanoTicker.getAsLong();
        for (Lane lane : lanes) {
            boolean idle = now - lane.lastEventNanos > options.idleBeforeFinish().toNanos();
            if (idle && lane.segment.isPresent()) {
                lane.finishing = true;
                schedule(lane);
            }
        }
    }

    private void takeOutIfHanging(Disk disk) {
        if (outages.hangs(disk)) {
            Lane lane = disk.turn.orElseThrow().lane();
            lane.metrics.writeFailed(lane.camera);
            lane.detach();
            takeOut(disk, "it has not answered for " + options.writeDeadline());
        }
    }
}
