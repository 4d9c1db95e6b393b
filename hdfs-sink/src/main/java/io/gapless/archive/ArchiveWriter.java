package io.gapless.archive;

import static java.util.Objects.requireNonNull;

import io.gapless.archive.hold.HeldFragment;
import io.gapless.archive.hold.HoldLimits;
import io.gapless.archive.hold.VideoHold;
import io.gapless.media.CameraEvent;
import io.gapless.media.CameraId;
import io.gapless.media.layout.RecordingName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes cameras' events into the archive: each camera's in order, each fragment once it is written
 * made durable before its memory is given back. A fault of the store is waited for and written
 * around, never thrown.
 *
 * <p>{@link #write}, {@link #recover} and {@link #close} belong to one thread, the task's; none but
 * {@code close} ever waits. All work is done by threads of the writer's own.
 */
public final class ArchiveWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveWriter.class);
    private static final int FINISHING_THREADS = 2;
    private static final int RECOVERING_THREADS = 8;
    private static final long RESCUE_MILLIS = 500;

    private final WriterContext context;
    private final ArchiveConnection connection;
    private final ScheduledExecutorService timer;
    private final StoreThreads io;
    private final StoreThreads finishing;
    private final StoreThreads recovering;
    private final Recoveries recoveries;
    private final RecordingFinisher finisher;
    private final Map<CameraId, CameraLane> lanes = new ConcurrentHashMap<>();
    private final Set<CameraLane> rescues = ConcurrentHashMap.newKeySet();

    /** The task's thread. */
    private boolean closed;

    /** A writer with a {@link VideoHold} of its own, a recorder's without disks. */
    public ArchiveWriter(
            ArchiveConnector connector,
            ArchiveWriterOptions options,
            String writerId,
            InstantSource wallClock,
            LongSupplier nanoTicker,
            ArchiveWriterMetrics metrics) {
        this(
                connector,
                options,
                writerId,
                wallClock,
                nanoTicker,
                metrics,
                VideoHold.inMemory(HoldLimits.RECORDER));
    }

    /**
     * @param connector called on a thread of its own until it succeeds; its archive is closed with
     *     the writer
     * @param writerId {@code [a-wyz0-9]{1,32}}, never used before in this archive
     * @param nanoTicker elapsed time in nanoseconds
     * @param hold of the process; the writer does not close it
     */
    public ArchiveWriter(
            ArchiveConnector connector,
            ArchiveWriterOptions options,
            String writerId,
            InstantSource wallClock,
            LongSupplier nanoTicker,
            ArchiveWriterMetrics metrics,
            VideoHold hold) {
        RecordingName.checkWriterId(writerId);
        this.context =
                new WriterContext(
                        writerId,
                        requireNonNull(options, "options is null"),
                        requireNonNull(wallClock, "wallClock is null"),
                        requireNonNull(nanoTicker, "nanoTicker is null"),
                        requireNonNull(metrics, "metrics is null"),
                        requireNonNull(hold, "hold is null"),
                        new UnfinishedRecordings(writerId),
                        new AtomicLong(),
                        new AtomicReference<>());
        this.connection = new ArchiveConnection(requireNonNull(connector, "connector is null"));
        this.timer =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> StoreThreads.daemon(task, "archive-timer"),
                        new ThreadPoolExecutor.DiscardPolicy());
        this.io = threads("archive-io", options.ioThreads());
        this.finishing = threads("archive-finish", FINISHING_THREADS);
        this.recovering = threads("archive-recover", RECOVERING_THREADS);
        this.recoveries = new Recoveries(context, recovering, timer);
        this.finisher = new RecordingFinisher(context, finishing, recoveries);
        finishIdleRecordings();
        rescueLeftovers();
        connection.start();
    }

    /** A fresh id for a writer with these options, by which others tell what it writes. */
    public static String newId(ArchiveWriterOptions options) {
        return options.recoverLeftovers() ? WriterIds.recorder() : WriterIds.fill();
    }

    private StoreThreads threads(String name, int count) {
        StoreThreads threads = new StoreThreads(name, count, context, connection.archive());
        threads.watchedBy(timer);
        return threads;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // runs until the timer is shut down
    private void finishIdleRecordings() {
        long period = Math.max(1, context.options().idleBeforeFinish().toMillis() / 10);
        timer.scheduleWithFixedDelay(
                () -> {
                    long now = context.nanoTicker().getAsLong();
                    lanes.values().forEach(lane -> lane.finishIfIdle(now));
                },
                period,
                period,
                TimeUnit.MILLISECONDS);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // runs until the timer is shut down
    private void rescueLeftovers() {
        timer.scheduleWithFixedDelay(
                () -> context.hold().takeLeftovers().forEach(this::rescue),
                RESCUE_MILLIS,
                RESCUE_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Into a recording of its own, so that nothing that comes now waits behind it. */
    @SuppressWarnings("FutureReturnValueIgnored") // the lane lives as long as it takes
    private void rescue(CameraId camera, List<HeldFragment> fragments) {
        CameraLane lane = new CameraLane(camera, context, io, finisher, timer);
        lane.adopt(fragments);
        rescues.add(lane);
        lane.stop()
                .thenRun(
                        () -> {
                            rescues.remove(lane);
                            lane.close();
                        });
    }

    /**
     * Takes an event over; never blocks.
     *
     * @throws IllegalStateException if a bug showed in one of the writer's threads, or the writer
     *     is closed; the event is then still the caller's
     */
    public void write(CameraEvent event) {
        throwBug();
        if (closed) {
            throw new IllegalStateException("the archive writer is closed");
        }
        lanes.computeIfAbsent(event.camera(), this::newLane).offer(event);
    }

    private CameraLane newLane(CameraId camera) {
        if (context.options().recoverLeftovers()) {
            recoveries.searchLeftovers(camera);
        } else {
            recoveries.searchFills(camera);
        }
        return new CameraLane(camera, context, io, finisher, timer);
    }

    private void throwBug() {
        Throwable bug = context.firstBug().get();
        if (bug != null) {
            throw new IllegalStateException("the archive writer failed: " + bug, bug);
        }
    }

    /** Finishes recordings that a writer before this one had open; in the background. */
    public void recover(Collection<OpenRecording> recordings) {
        recordings.forEach(recoveries::recover);
    }

    /** What somebody else would have to finish if this writer died now. Any thread. */
    public List<OpenRecording> openRecordings() {
        return context.unfinished().snapshot();
    }

    /** Bytes of video that the store has not acknowledged. Any thread. */
    public long pendingBytes() {
        return context.pendingBytes().get();
    }

    /** Cameras whose last attempt to write failed. Any thread. */
    public int stalledCameras() {
        return (int) lanes.values().stream().filter(CameraLane::stalled).count();
    }

    /** Cameras whose last attempt found no room in the archive. Any thread. */
    public int fullCameras() {
        return (int) lanes.values().stream().filter(CameraLane::full).count();
    }

    /**
     * Writes what is pending and finishes all recordings. What is not done by the deadline, or when
     * the thread is interrupted, is left: recordings to the next writer's recovery, what is spilt
     * to the next writer, what is in memory lost. A second call does nothing.
     */
    public void close(Duration deadline) {
        if (closed) {
            return;
        }
        closed = true;
        try {
            CompletableFuture.allOf(
                            lanes.values().stream()
                                    .map(CameraLane::stop)
                                    .toArray(CompletableFuture<?>[]::new))
                    .thenCompose(stopped -> finisher.allDone())
                    .get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.warn(
                    "The archive writer stopped after {} with {} bytes unwritten and {} recordings open",
                    deadline,
                    pendingBytes(),
                    openRecordings().size());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the archive writer failed", e);
        } finally {
            shutdown();
        }
    }

    private void shutdown() {
        lanes.values().forEach(CameraLane::close);
        rescues.forEach(CameraLane::close);
        timer.shutdownNow();
        io.shutdown();
        finishing.shutdown();
        recovering.shutdown();
        connection.close();
    }
}
