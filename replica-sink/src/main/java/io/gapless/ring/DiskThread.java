package io.gapless.ring;

import io.gapless.media.CameraEvent;
import io.gapless.media.Fragment;
import io.gapless.media.Interruption;
import io.gapless.media.fmp4.FragmentEncoder;
import io.gapless.media.layout.RecordingName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that writes to a disk. What it is at, it owns. */
final class DiskThread implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskThread.class);

    /** For the initialisation segment and the trailer. */
    private static final int BESIDE_VIDEO_BYTES = 64 * 1024;

    private static final int PROBE_BYTES = 4096;

    /**
     * What the threads of all disks share.
     *
     * @param writerId unique to this ring in this process, and to the process
     * @param ordinals of segments among the writer's
     * @param firstBug that a thread ran into, for the task to fail with
     */
    record Shared(
            RingQueue queue,
            DiskFiles files,
            RingOptions options,
            String writerId,
            AtomicLong ordinals,
            AtomicReference<Throwable> firstBug) {}

    private final Disk disk;
    private final Shared shared;

    DiskThread(Disk disk, Shared shared) {
        this.disk = disk;
        this.shared = shared;
    }

    @Override
    public void run() {
        try {
            while (work(shared.queue.next(disk))) {
                // One thing after the other.
            }
        } catch (InterruptedException e) {
            LOG.debug("The thread of ring disk {} was told to end", disk.directory);
        }
    }

    /** Whether there may be more. */
    private boolean work(DiskWork work) {
        if (work instanceof DiskWork.Write write) {
            write(write.turn());
        } else if (work instanceof DiskWork.GiveUp giveUp) {
            giveUp(giveUp.segment());
        } else if (work instanceof DiskWork.Probe) {
            probe();
        }
        return !(work instanceof DiskWork.End);
    }

    private void write(Turn turn) {
        SegmentTurn segments = new SegmentTurn(turn);
        try {
            long bytes = segments.run();
            shared.queue.done(turn, segments.segment, bytes);
        } catch (IOException e) {
            shared.queue.failed(turn, segments.segment, e);
        } catch (RuntimeException | Error e) {
            LOG.error("Camera {} could not be written to the ring", turn.lane().camera, e);
            shared.firstBug.compareAndSet(null, e);
            shared.queue.broken(turn, segments.segment);
        }
    }

    /** One turn, and the segment that is open in its course. */
    private final class SegmentTurn {
        private final Turn turn;
        private Optional<Segment> segment;

        SegmentTurn(Turn turn) {
            this.turn = turn;
            this.segment = turn.segment();
        }

        /** Bytes of a fragment that were written. */
        long run() throws IOException {
            if (turn.event().isEmpty()) {
                disk.trimmer.wrote(0, segment.orElseThrow().finish());
                segment = Optional.empty();
                return 0;
            }
            return write(turn.event().get());
        }

        private long write(CameraEvent event) throws IOException {
            if (event instanceof Fragment fragment) {
                return write(fragment);
            }
            segment.orElseThrow().append((Interruption) event);
            return 0;
        }

        private long write(Fragment fragment) throws IOException {
            long promised = FragmentEncoder.sizeBytes(fragment) + BESIDE_VIDEO_BYTES;
            disk.trimmer.makeRoom(promised);
            long written = promised;
            try {
                if (segment.isEmpty()) {
                    segment = Optional.of(create(fragment));
                }
                written = segment.get().append(fragment);
                return written;
            } finally {
                disk.trimmer.wrote(promised, written);
            }
        }

        private Segment create(Fragment first) throws IOException {
            RecordingName name =
                    RecordingName.of(
                            first.header().start().toInstant(),
                            shared.writerId,
                            shared.ordinals.getAndIncrement());
            return Segment.create(
                    shared.files, disk.directory, name, first, shared.options.segmentDuration());
        }
    }

    private void giveUp(Segment segment) {
        try {
            segment.giveUp();
        } catch (IOException e) {
            LOG.debug("{} stays as it is", segment, e);
        }
    }

    /** Tries what a segment needs, with a file that nobody takes for one. */
    private void probe() {
        Path file = RingDirectories.recordings(disk.directory).resolve(".probe-" + shared.writerId);
        try {
            shared.files.delete(file);
            try (DiskFiles.Output out = shared.files.create(file)) {
                out.write(new ByteBuffer[] {ByteBuffer.allocate(PROBE_BYTES)});
            }
            shared.files.delete(file);
            disk.trimmer.makeRoom(BESIDE_VIDEO_BYTES);
            disk.trimmer.wrote(BESIDE_VIDEO_BYTES, 0);
            shared.queue.room(disk, disk.trimmer.roomBytes());
            shared.queue.works(disk);
        } catch (IOException e) {
            shared.queue.stillFails(disk, e);
        }
    }
}
