package io.gapless.source.reader;

import io.gapless.media.FragmentLimits;
import io.gapless.media.MediaMemory;
import io.gapless.rtsp.BackOff;
import io.gapless.rtsp.EventLoops;
import io.gapless.rtsp.RecorderRuntime;
import io.gapless.source.RtspSourceOptions;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the subtasks of one source share within a process: the memory for video, the event loops, a
 * watchdog, and a thread that reads files. Counted: the first subtask makes it, the last one ends
 * its threads.
 *
 * <p>The memory outlives the last subtask until another source comes: when a task restarts, the
 * writers of its last attempt may still hold fragments, and a second budget beside the first would
 * be more than the process may have.
 *
 * <p>The one static place of the source; its lock guards the count and is never held for long.
 */
final class SharedRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(SharedRuntime.class);
    private static final Map<UUID, SharedRuntime> BY_SOURCE = new HashMap<>();

    private final MediaMemory memory;
    private EventLoopGroup eventLoops;
    private ScheduledExecutorService files;
    private Watchdog watchdog;
    private final Set<OrderlyStop> recordings = ConcurrentHashMap.newKeySet();
    private int users;

    private SharedRuntime(MediaMemory memory) {
        this.memory = memory;
    }

    /** One subtask's share; to be closed once. */
    static final class Lease {
        private final SharedRuntime shared;
        private final RecorderRuntime runtime;
        private final ScheduledExecutorService files;
        private final Watchdog watchdog;

        private Lease(SharedRuntime shared, RtspSourceOptions options) {
            this.shared = shared;
            this.files = shared.files;
            this.watchdog = shared.watchdog;
            this.runtime =
                    new RecorderRuntime(
                            shared.eventLoops,
                            shared.memory,
                            FragmentLimits.DEFAULT,
                            InstantSource.system(),
                            System::nanoTime,
                            options.origin(),
                            BackOff.DEFAULT);
        }

        RecorderRuntime runtime() {
            return runtime;
        }

        /** For what may wait for a disk. */
        ScheduledExecutorService files() {
            return files;
        }

        /** Knows of the event loops already. */
        Watchdog watchdog() {
            return watchdog;
        }

        /** A subtask records, and can be asked to stop. */
        void recording(OrderlyStop stop) {
            shared.recordings.add(stop);
        }

        /** It does not any more. */
        void ended(OrderlyStop stop) {
            shared.recordings.remove(stop);
            stop.finished();
        }

        /** Waits up to {@code timeout} for the event loops to end, if this was the last share. */
        void close(Duration timeout) {
            if (shared.release()) {
                files.shutdownNow();
                watchdog.close();
                boolean ended =
                        runtime.eventLoops()
                                .shutdownGracefully(0, timeout.toMillis(), TimeUnit.MILLISECONDS)
                                .awaitUninterruptibly(timeout.toMillis());
                if (!ended) {
                    LOG.warn("the cameras' event loops did not end within {}", timeout);
                }
            }
        }
    }

    /**
     * @param source names the source within its job, the same for all subtasks and attempts
     */
    static Lease acquire(UUID source, RtspSourceOptions options) {
        synchronized (BY_SOURCE) {
            BY_SOURCE
                    .entrySet()
                    .removeIf(e -> e.getValue().users == 0 && !e.getKey().equals(source));
            SharedRuntime shared =
                    BY_SOURCE.computeIfAbsent(
                            source,
                            s -> new SharedRuntime(new MediaMemory(options.mediaMemoryBytes())));
            if (shared.users++ == 0) {
                shared.startThreads(options);
            }
            return new Lease(shared, options);
        }
    }

    /** See {@link io.gapless.source.RtspSource#stopRecording}. */
    static CompletableFuture<Void> stopRecording() {
        synchronized (BY_SOURCE) {
            return CompletableFuture.allOf(
                    BY_SOURCE.values().stream()
                            .flatMap(shared -> shared.recordings.stream())
                            .map(stop -> stop.request().toCompletableFuture())
                            .toArray(CompletableFuture<?>[]::new));
        }
    }

    private void startThreads(RtspSourceOptions options) {
        eventLoops = EventLoops.create(options.eventLoopThreads(), "cameras");
        files =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "camera-catalogue");
                            thread.setDaemon(true);
                            return thread;
                        });
        watchdog = new Watchdog(options.stuckAfter(), new Halt(options.stuckAfter()));
        eventLoops.forEach(loop -> watchdog.watch(new EventLoopWheel(loop)));
        watchdog.start();
    }

    /** Whether this was the last share. */
    private boolean release() {
        synchronized (BY_SOURCE) {
            users--;
            return users == 0;
        }
    }
}
