package io.gapless.backfill;

import io.gapless.media.CameraId;
import io.gapless.media.MediaMemory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * What the subtasks of one source share within a process: the memory for video on its way, the
 * bandwidth, the rings, the archive and the threads. Counted: the first subtask makes it, the last
 * one ends its threads. The memory outlives them until another source comes, for the writers of a
 * task's last attempt may still hold fragments.
 *
 * <p>The one static place of backfill; its lock guards the count and is never held for long.
 */
final class SharedBackfill {
    private static final Map<UUID, SharedBackfill> BY_SOURCE = new HashMap<>();

    private final MediaMemory memory;
    private int users;

    // Made anew with the first user after a pause.
    private Threads threads;

    private SharedBackfill(MediaMemory memory) {
        this.memory = memory;
    }

    /** All that ends with the last subtask. */
    private static final class Threads {
        private final WatchedArchive archive;
        private final RingFinder finder;
        private final Rings rings;
        private final BackfillTools tools;
        private final Backfiller backfiller;

        Threads(GapSourceOptions options, MediaMemory memory) {
            LongSupplier ticker = System::nanoTime;
            InstantSource clock = InstantSource.system();
            this.archive = new WatchedArchive(options.archive(), options.hadoop(), clock);
            this.finder = new RingFinder(options.rings(), ticker);
            this.rings = new Rings(finder, ticker, this::hope);
            MemoryGate gate = new MemoryGate(memory);
            Bandwidth bandwidth = new Bandwidth(options.limits().bandwidthBytes(), ticker);
            this.tools =
                    new BackfillTools(
                            archive,
                            rings,
                            new FetchedPartDigests(rings, memory, gate, bandwidth),
                            options.limits(),
                            clock,
                            ticker);
            this.backfiller =
                    new Backfiller(new Fetcher(rings, memory, gate, bandwidth), options.limits());
        }

        private void hope() {
            backfiller.hope();
        }

        void close(Duration timeout) {
            // Their calls first, so that the threads can end.
            finder.close();
            backfiller.close(timeout);
            archive.close();
        }
    }

    /** One subtask's share; to be closed once. */
    static final class Lease {
        private final SharedBackfill shared;
        private final Threads threads;

        private Lease(SharedBackfill shared) {
            this.shared = shared;
            this.threads = shared.threads;
        }

        CameraBackfill tend(
                CameraId camera, FillQueue out, FillListener listener, CameraTally tally) {
            CameraBackfill backfill =
                    new CameraBackfill(camera, threads.tools, out, listener, tally);
            threads.backfiller.add(backfill);
            return backfill;
        }

        void leave(CameraBackfill camera) {
            threads.backfiller.remove(camera);
        }

        Backfiller backfiller() {
            return threads.backfiller;
        }

        Rings rings() {
            return threads.rings;
        }

        MediaMemory memory() {
            return shared.memory;
        }

        /** Waits up to {@code timeout} for the threads to end, if this was the last share. */
        void close(Duration timeout) {
            if (shared.release()) {
                threads.close(timeout);
            }
        }
    }

    /**
     * @param source names the source within its job, the same for all subtasks and attempts
     */
    static Lease acquire(UUID source, GapSourceOptions options) {
        synchronized (BY_SOURCE) {
            BY_SOURCE
                    .entrySet()
                    .removeIf(e -> e.getValue().users == 0 && !e.getKey().equals(source));
            SharedBackfill shared =
                    BY_SOURCE.computeIfAbsent(
                            source,
                            s ->
                                    new SharedBackfill(
                                            new MediaMemory(options.limits().memoryBytes())));
            if (shared.users++ == 0) {
                shared.threads = new Threads(options, shared.memory);
            }
            return new Lease(shared);
        }
    }

    /** Whether this was the last share. */
    private boolean release() {
        synchronized (BY_SOURCE) {
            users--;
            return users == 0;
        }
    }
}
