package io.gapless.ring;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The disks of a ring with their threads, shared by all writers of a process. No disk's fault ever
 * leaves it as an exception.
 */
public final class RingDisks {
    private final RingDirectories directories;

    public RingDisks(
            RingDirectories directories,
            RingOptions options,
            InstantSource clock,
            LongSupplier nanoTicker) {
        this.directories = requireNonNull(directories, "directories is null");
    }

    public RingDirectories directories() {
        return directories;
    }

    /** Lengths of all segments when they were last looked at. Any thread. */
    public long usedBytes() {
        return 0;
    }

    /** Age of the oldest segment when last looked at; nothing in an empty ring. Any thread. */
    public Optional<Duration> oldestAge() {
        return Optional.empty();
    }

    /** Disks that are left alone after a failure. Any thread. */
    public int failedDisks() {
        return 0;
    }

    /** Bytes of video that wait for the disks. Any thread. */
    public long queueBytes() {
        return 0;
    }

    /** Ends the threads; waits for them no longer than {@code deadline}. */
    public void close(Duration deadline) {}
}
