package io.gapless.archive.hold;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.media.MediaMemory;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * All video of a process that the archive has not acknowledged. Past a mark of the memory's budget,
 * what came last is moved to local disks, each by a thread of its own. Past what these take, or if
 * they fail or are too slow, what has waited longest is dropped, of the camera that holds most; the
 * fragment that follows says so.
 *
 * <p>The place where the tasks' threads, the threads that write into the archive and those of the
 * disks meet; its lock is held for a few instructions, never while anything is read or written.
 */
public final class VideoHold implements AutoCloseable {
    /** Of the budget: less is held in no case, however much of it others use. */
    private static final int LEAST_PERCENT = 25;

    private static final long LOOK_MILLIS = 200;

    private final HoldLimits limits;
    private final List<SpillDisk> disks;
    private final Set<HeldEvents> cameras = new LinkedHashSet<>();
    private final Map<CameraId, List<HeldFragment>> leftovers = new HashMap<>();
    private Optional<MediaMemory> memory = Optional.empty();
    private long waitingInMemoryBytes;
    private boolean closed;

    private VideoHold(
            HoldLimits limits, SpillOptions spill, SpillStorage storage, LongSupplier nanoTicker) {
        this.limits = requireNonNull(limits, "limits is null");
        this.disks =
                spill.directories().stream()
                        .map(Path::of)
                        .map(path -> new SpillDisk(this, path, share(spill), storage, nanoTicker))
                        .toList();
    }

    private static long share(SpillOptions spill) {
        return spill.maxBytes() / spill.directories().size();
    }

    /** A hold without disks. */
    public static VideoHold inMemory(HoldLimits limits) {
        return start(limits, SpillOptions.NONE, () -> 0);
    }

    /**
     * A hold whose disks' threads run until it is closed.
     *
     * @param nanoTicker elapsed time in nanoseconds
     */
    public static VideoHold start(HoldLimits limits, SpillOptions spill, LongSupplier nanoTicker) {
        return start(limits, spill, new SpillStorage.Files(), nanoTicker);
    }

    static VideoHold start(
            HoldLimits limits, SpillOptions spill, SpillStorage storage, LongSupplier nanoTicker) {
        VideoHold hold = new VideoHold(limits, spill, storage, nanoTicker);
        hold.disks.forEach(SpillDisk::start);
        return hold;
    }

    /**
     * A place for a camera's events, to be closed.
     *
     * @param change is told by how many bytes they grow or shrink, under the lock
     * @param dropped is told of how many bytes a fragment was dropped, under the lock
     */
    public synchronized HeldEvents camera(
            CameraId camera, LongConsumer change, LongConsumer dropped) {
        HeldEvents events = new HeldEvents(this, camera, change, dropped);
        cameras.add(events);
        return events;
    }

    /**
     * What lies on the disks and belongs to nobody, since its writer has ended; now the caller's,
     * in order.
     */
    public synchronized Map<CameraId, List<HeldFragment>> takeLeftovers() {
        Map<CameraId, List<HeldFragment>> taken = Map.copyOf(leftovers);
        leftovers.clear();
        return taken;
    }

    /** Bytes of video on the disks. */
    public synchronized long spilledBytes() {
        return sum(SpillDisk::usedBytes);
    }

    /** The most that ever lay there. */
    public synchronized long spilledHighWaterBytes() {
        return sum(SpillDisk::highWaterBytes);
    }

    /** What they may take; 0 without disks. */
    public synchronized long spillBudgetBytes() {
        return sum(SpillDisk::maxBytes);
    }

    /** Disks that failed when last used. */
    public synchronized int failedDisks() {
        return (int) disks.stream().filter(SpillDisk::failed).count();
    }

    private long sum(ToLongFunction<SpillDisk> value) {
        return disks.stream().mapToLong(value).sum();
    }

    /** Ends the disks' threads; what lies on them stays. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        disks.forEach(SpillDisk::stop);
    }

    // What follows is called under the lock.

    void added(MediaMemory used) {
        memory = Optional.of(used);
        relieve();
        if (isAbove(limits.spillPercent())) {
            notifyAll();
        }
    }

    boolean isClosed() {
        return closed;
    }

    void waitingInMemoryGrew(long more) {
        waitingInMemoryBytes += more;
    }

    private boolean isAbove(int percent) {
        return memory.isPresent()
                && memory.get().usedBytes() * 100 > memory.get().budgetBytes() * percent;
    }

    private void relieve() {
        while (isAbove(limits.dropPercent()) && holdsEnough() && dropOldestInMemory()) {
            // Until there is room, or nothing left to drop.
        }
    }

    private boolean holdsEnough() {
        return waitingInMemoryBytes * 100 > memory.orElseThrow().budgetBytes() * LEAST_PERCENT;
    }

    private boolean dropOldestInMemory() {
        return cameras.stream()
                .filter(VideoHold::hasMovable)
                .max(Comparator.comparingLong(HeldEvents::heldBytes))
                .map(HeldEvents::dropOldestInMemory)
                .orElse(false);
    }

    private static boolean hasMovable(HeldEvents camera) {
        return camera.waitingInMemoryBytes() > 0 && camera.newestInMemory().isPresent();
    }

    private boolean dropOldest() {
        return cameras.stream()
                .max(Comparator.comparingLong(HeldEvents::heldBytes))
                .map(HeldEvents::dropOldest)
                .orElse(false);
    }

    private Optional<HeldEvents> mostInMemory() {
        return cameras.stream()
                .filter(VideoHold::hasMovable)
                .max(Comparator.comparingLong(HeldEvents::waitingInMemoryBytes));
    }

    void closed(HeldEvents events, List<HeldFragment> onDisk) {
        cameras.remove(events);
        if (!onDisk.isEmpty()) {
            leave(events.camera(), onDisk);
        }
    }

    private void leave(CameraId camera, List<HeldFragment> fragments) {
        leftovers.merge(
                camera,
                List.copyOf(fragments),
                (one, other) -> Stream.concat(one.stream(), other.stream()).toList());
    }

    // What follows is called by the disks' threads.

    synchronized void found(CameraId camera, List<HeldFragment> fragments) {
        leave(camera, fragments);
    }

    /** Waits for something to do; nothing once the hold is closed. */
    synchronized Optional<SpillWork> next(SpillDisk disk) throws InterruptedException {
        while (!closed) {
            Optional<SpillWork> work = disk.deletion().or(disk::look).or(() -> spill(disk));
            if (work.isPresent()) {
                return work;
            }
            wait(LOOK_MILLIS);
        }
        return Optional.empty();
    }

    private Optional<SpillWork> spill(SpillDisk disk) {
        while (disk.isUsable() && isAbove(limits.spillPercent())) {
            Optional<HeldEvents> camera = mostInMemory();
            if (camera.isEmpty()) {
                return Optional.empty();
            }
            HeldFragment fragment = camera.get().newestInMemory().orElseThrow();
            if (disk.reserve(fragment.sizeBytes())) {
                return Optional.of(
                        new SpillWork.Write(camera.get(), fragment, fragment.beginSpilling()));
            }
            if (!isFullEverywhere(fragment.sizeBytes()) || !dropOldest()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Whether room can only be had by dropping. Not for what no disk could ever take. */
    private boolean isFullEverywhere(long bytes) {
        return disks.stream().anyMatch(disk -> disk.isUsable() && bytes <= disk.maxBytes())
                && disks.stream().noneMatch(disk -> disk.isUsable() && disk.hasRoom(bytes));
    }

    synchronized void spilled(SpillWork.Write work, SpillFile file) {
        if (work.fragment().spilled(file)) {
            work.camera().movedToDisk(work.fragment());
        } else {
            file.disk().discard(file);
        }
    }

    synchronized void notSpilled(SpillWork.Write work) {
        work.fragment().notSpilled();
    }
}
