package io.gapless.archive.hold;

import io.gapless.media.CameraId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory on a local disk, and the one thread that writes there. What it counts is guarded by
 * the {@link VideoHold}'s lock; disk calls are made without it. A disk that fails is left alone for
 * a while, and so is one that has hardly any room left: it may be somebody else's too.
 */
final class SpillDisk {
    private static final Logger LOG = LoggerFactory.getLogger(SpillDisk.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LOOK = Duration.ofSeconds(5);

    /** Left free on the disk. */
    private static final long RESERVE_BYTES = 256L << 20;

    private final VideoHold hold;
    private final Path directory;
    private final long maxBytes;
    private final SpillStorage storage;
    private final LongSupplier nanoTicker;
    private final ArrayDeque<Path> deletions = new ArrayDeque<>();
    private final Thread thread;
    private long usedBytes;
    private long highWaterBytes;
    private boolean failed;
    private long failedNanos;
    private OptionalLong lookedNanos = OptionalLong.empty();

    /** The disk's thread. */
    private Optional<SpillClaim> claim = Optional.empty();

    private long ordinal;

    SpillDisk(
            VideoHold hold,
            Path directory,
            long maxBytes,
            SpillStorage storage,
            LongSupplier nanoTicker) {
        this.hold = hold;
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.storage = storage;
        this.nanoTicker = nanoTicker;
        this.thread = new Thread(this::run, "archive-spill-" + directory.getFileName());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
    }

    // What follows is called under the hold's lock.

    long maxBytes() {
        return maxBytes;
    }

    long usedBytes() {
        return usedBytes;
    }

    long highWaterBytes() {
        return highWaterBytes;
    }

    boolean failed() {
        return failed;
    }

    /** Whether it works, or should be tried again. */
    boolean isUsable() {
        return !failed || nanoTicker.getAsLong() - failedNanos > PATIENCE.toNanos();
    }

    boolean hasRoom(long bytes) {
        return usedBytes + bytes <= maxBytes;
    }

    boolean reserve(long bytes) {
        boolean room = hasRoom(bytes);
        if (room) {
            count(bytes);
        }
        return room;
    }

    private void count(long bytes) {
        usedBytes += bytes;
        highWaterBytes = Math.max(highWaterBytes, usedBytes);
    }

    /** Its room may be used again at once: the disk's thread deletes before it writes. */
    void discard(SpillFile file) {
        usedBytes -= file.videoBytes();
        deletions.addLast(file.path());
        hold.notifyAll();
    }

    Optional<SpillWork> deletion() {
        return Optional.ofNullable(deletions.pollFirst()).map(SpillWork.Delete::new);
    }

    /** First of all, so that what dead processes left does not add up, and from time to time. */
    Optional<SpillWork> look() {
        long now = nanoTicker.getAsLong();
        if (lookedNanos.isPresent() && now - lookedNanos.getAsLong() < LOOK.toNanos()) {
            return Optional.empty();
        }
        lookedNanos = OptionalLong.of(now);
        return Optional.of(new SpillWork.Look());
    }

    // What follows is the disk's thread.

    private void run() {
        try {
            Optional<SpillWork> work = hold.next(this);
            while (work.isPresent()) {
                perform(work.get());
                work = hold.next(this);
            }
        } catch (InterruptedException e) {
            LOG.debug("the spill in {} ends", directory);
        } finally {
            claim.ifPresent(SpillClaim::close);
        }
    }

    private SpillClaim claim() throws IOException {
        if (claim.isEmpty()) {
            claim = Optional.of(SpillClaim.make(directory));
        }
        return claim.get();
    }

    /** For what processes left that have died since. */
    private void takeLeftovers() {
        try {
            SpillLeftovers leftovers = new SpillLeftovers(this, claim(), ordinal);
            Map<CameraId, List<HeldFragment>> found = leftovers.take();
            ordinal = leftovers.ordinal();
            found.forEach(this::found);
        } catch (IOException e) {
            fails(e, 0);
        }
    }

    private void found(CameraId camera, List<HeldFragment> fragments) {
        LOG.info("Camera {}: {} spilt fragments of a dead recorder", camera, fragments.size());
        synchronized (hold) {
            fragments.forEach(fragment -> count(fragment.sizeBytes()));
            hold.found(camera, fragments);
        }
    }

    private void perform(SpillWork work) {
        if (work instanceof SpillWork.Write write) {
            write(write);
        } else if (work instanceof SpillWork.Delete deletion) {
            delete(deletion.file());
        } else {
            takeLeftovers();
        }
    }

    private void write(SpillWork.Write work) {
        try {
            SpillFile file = write(work.bytes(), work.fragment().sizeBytes());
            works();
            hold.spilled(work, file);
        } catch (IOException | RuntimeException e) {
            fails(e, work.fragment().sizeBytes());
            hold.notSpilled(work);
        }
    }

    private SpillFile write(MemoryBytes fragment, long videoBytes) throws IOException {
        SpillClaim place = claim();
        if (storage.usableBytes(directory) < RESERVE_BYTES + videoBytes) {
            throw new IOException("less than %d bytes are free".formatted(RESERVE_BYTES));
        }
        Path path = place.file(fragment.header().camera(), ordinal++);
        List<ByteBuffer> contents = SpillFile.contents(fragment);
        int initialBytes = contents.get(0).remaining();
        long sizeBytes = contents.stream().mapToLong(ByteBuffer::remaining).sum();
        storage.write(path, contents);
        return new SpillFile(this, path, initialBytes, sizeBytes, videoBytes);
    }

    private void delete(Path file) {
        try {
            storage.delete(file);
        } catch (IOException e) {
            LOG.debug("{} could not be deleted", file, e);
        }
    }

    private void works() {
        synchronized (hold) {
            if (failed) {
                failed = false;
                LOG.info("The spill in {} takes video again", directory);
            }
        }
    }

    private void fails(Exception failure, long videoBytes) {
        synchronized (hold) {
            usedBytes -= videoBytes;
            if (!failed && !hold.isClosed()) {
                LOG.warn(
                        "The spill in {} takes no video, what does not fit into memory is lost: {}",
                        directory,
                        failure.toString());
            }
            failed = true;
            failedNanos = nanoTicker.getAsLong();
        }
    }
}
