package io.gapless.ring;

import static java.util.Objects.requireNonNull;

import io.gapless.media.layout.RecordingName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The disks of a ring with their threads, shared by all writers of a process: for each disk one
 * that writes and one that trims, and one for all that watches the others. No disk's fault ever
 * leaves it as an exception, and no disk is asked anything before the threads run.
 */
public final class RingDisks {
    private static final Duration LONGEST_WATCH = Duration.ofSeconds(1);

    private final RingDirectories directories;
    private final InstantSource clock;
    private final RingQueue queue;
    private final RingUsage usage = new RingUsage();
    private final AtomicReference<Throwable> firstBug = new AtomicReference<>();
    private final List<Thread> writing = new ArrayList<>();
    private final List<ScheduledExecutorService> timers = new ArrayList<>();

    /**
     * @param clock wall time, to which segments' names and files' times are compared
     * @param nanoTicker elapsed time in nanoseconds
     */
    public RingDisks(
            RingDirectories directories,
            RingOptions options,
            InstantSource clock,
            LongSupplier nanoTicker) {
        this(directories, options, clock, nanoTicker, new LocalFiles());
    }

    RingDisks(
            RingDirectories directories,
            RingOptions options,
            InstantSource clock,
            LongSupplier nanoTicker,
            DiskFiles files) {
        this.directories = requireNonNull(directories, "directories is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.queue = new RingQueue(options, nanoTicker);
        DiskThread.Shared shared =
                new DiskThread.Shared(
                        queue,
                        files,
                        options,
                        RecordingName.newWriterId(),
                        new AtomicLong(),
                        firstBug);
        for (Path directory : directories.directories()) {
            RingTrimmer trimmer =
                    new RingTrimmer(directory, files, options, clock, nanoTicker, usage);
            start(queue.add(directory, trimmer), shared);
        }
        Duration quarter = options.writeDeadline().dividedBy(4);
        var unused =
                every(
                        quarter.compareTo(LONGEST_WATCH) < 0 ? quarter : LONGEST_WATCH,
                        "ring-watch",
                        queue::watch);
    }

    private void start(Disk disk, DiskThread.Shared shared) {
        Thread thread = new Thread(new DiskThread(disk, shared), "ring-write " + disk.directory);
        thread.setDaemon(true);
        thread.start();
        writing.add(thread);
        TrimThread trimming = new TrimThread(disk, queue);
        ScheduledExecutorService timer =
                every(shared.options().trimInterval(), "ring-trim " + disk.directory, trimming);
        usage.onExcess(disk.directory, () -> soon(timer, trimming));
    }

    private static void soon(ScheduledExecutorService timer, Runnable task) {
        try {
            timer.execute(task);
        } catch (RejectedExecutionException e) {
            // The ring ends.
        }
    }

    private ScheduledExecutorService every(Duration interval, String name, Runnable task) {
        ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(
                        r -> {
                            Thread thread = new Thread(r, name);
                            thread.setDaemon(true);
                            return thread;
                        });
        var unused =
                timer.scheduleWithFixedDelay(task, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
        timers.add(timer);
        return timer;
    }

    public RingDirectories directories() {
        return directories;
    }

    RingQueue queue() {
        return queue;
    }

    void throwBug() {
        Throwable bug = firstBug.get();
        if (bug != null) {
            throw new IllegalStateException("the ring's writer failed: " + bug, bug);
        }
    }

    /** Lengths of all segments when they were last looked at. Any thread. */
    public long usedBytes() {
        return usage.surveys().stream().mapToLong(DiskSurvey::bytes).sum();
    }

    /** Age of the oldest segment when last looked at; nothing in an empty ring. Any thread. */
    public Optional<Duration> oldestAge() {
        return usage.surveys().stream()
                .flatMap(s -> s.segments().stream().limit(1))
                .map(s -> s.file().name().start())
                .min(Comparator.naturalOrder())
                .map((Instant start) -> Duration.between(start, clock.instant()));
    }

    /** Disks that are left alone after a failure. Any thread. */
    public int failedDisks() {
        return queue.failedDisks();
    }

    /** Bytes of video that wait for the disks. Any thread. */
    public long queueBytes() {
        return queue.bytes();
    }

    /**
     * Drops what its writers have left, and ends the threads; waits for them no longer than {@code
     * deadline}. A thread that a disk holds up ends when the disk lets go of it.
     */
    public void close(Duration deadline) {
        queue.shutDown();
        timers.forEach(ScheduledExecutorService::shutdownNow);
        long end = System.nanoTime() + deadline.toNanos();
        try {
            for (Thread thread : writing) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
