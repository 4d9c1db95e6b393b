package io.gapless.ring.sink;

import io.gapless.ring.RingDirectories;
import io.gapless.ring.RingDisks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * The ring's disks with their threads, which the subtasks of a process share if they write to the
 * same directories. Counted: the first subtask makes them, the last one ends them. A subtask that
 * comes while others are at work goes by their settings.
 *
 * <p>The one static place of the ring; its lock guards the count and is never held for long.
 */
final class SharedRing {
    private static final Map<RingDirectories, SharedRing> BY_DIRECTORIES = new HashMap<>();

    private final RingDisks disks;
    private int users;

    private SharedRing(RingDisks disks) {
        this.disks = disks;
    }

    /** One subtask's share; to be closed once. */
    static final class Lease {
        private final SharedRing shared;

        private Lease(SharedRing shared) {
            this.shared = shared;
        }

        RingDisks disks() {
            return shared.disks;
        }

        /** Waits up to {@code timeout} for the disks' threads, if this was the last share. */
        void close(Duration timeout) {
            if (release(shared)) {
                shared.disks.close(timeout);
            }
        }
    }

    static Lease acquire(RingSinkSettings settings) {
        synchronized (BY_DIRECTORIES) {
            SharedRing shared =
                    BY_DIRECTORIES.computeIfAbsent(
                            settings.ringDirectories(),
                            directories ->
                                    new SharedRing(
                                            new RingDisks(
                                                    directories,
                                                    settings.ringOptions(),
                                                    InstantSource.system(),
                                                    System::nanoTime)));
            shared.users++;
            return new Lease(shared);
        }
    }

    /** Whether this was the last share. */
    private static boolean release(SharedRing shared) {
        synchronized (BY_DIRECTORIES) {
            shared.users--;
            if (shared.users > 0) {
                return false;
            }
            BY_DIRECTORIES.remove(shared.disks.directories(), shared);
            return true;
        }
    }
}
