package io.gapless.archive;

import io.gapless.media.CameraId;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recovers recordings in the background, many at once: each takes a thread only while it talks to
 * the store, not while it waits for a lease. What fails is tried again later. Any thread.
 */
final class Recoveries {
    private static final Logger LOG = LoggerFactory.getLogger(Recoveries.class);
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofMinutes(30);

    private final WriterContext context;
    private final StoreThreads threads;
    private final ScheduledExecutorService timer;
    private final LeftoverSearch leftovers;
    private final Set<OpenRecording> running = ConcurrentHashMap.newKeySet();

    Recoveries(WriterContext context, StoreThreads threads, ScheduledExecutorService timer) {
        this.context = context;
        this.threads = threads;
        this.timer = timer;
        this.leftovers = new LeftoverSearch(context.writerId(), threads);
    }

    /**
     * Finishes what others left open of this camera, now; and from time to time what writers of
     * fills did.
     */
    void searchLeftovers(CameraId camera) {
        threads.execute(archive -> search(archive, camera, recording -> true));
    }

    /** Finishes what other writers of fills left open of this camera, now and from time to time. */
    void searchFills(CameraId camera) {
        threads.execute(archive -> search(archive, camera, Recoveries::isFill));
    }

    private void search(Archive archive, CameraId camera, Predicate<OpenRecording> wanted) {
        try {
            leftovers.search(archive, camera).stream().filter(wanted).forEach(this::recoverFound);
            later(AGAIN, again -> search(again, camera, Recoveries::isFill));
        } catch (IOException e) {
            LOG.debug("Camera {}: looking for open recordings failed: {}", camera, e.toString());
            later(RETRY, again -> search(again, camera, wanted));
        }
    }

    private static boolean isFill(OpenRecording recording) {
        return WriterIds.isFill(recording.name());
    }

    /**
     * Recorders' are dead: a camera has one. Whether a writer of fills lives only time can tell.
     */
    private void recoverFound(OpenRecording recording) {
        if (!isFill(recording)) {
            recover(recording);
        } else if (running.add(recording)) {
            start(RecordingRecovery.onceSilent(recording, context, threads));
        }
    }

    /** Finishes a recording; harmless if it is finished or being finished. */
    void recover(OpenRecording recording) {
        if (running.add(recording)) {
            context.unfinished().add(recording);
            start(RecordingRecovery.atOnce(recording, context, threads));
        }
    }

    private void start(RecordingRecovery recovery) {
        threads.execute(archive -> step(archive, recovery));
    }

    private void step(Archive archive, RecordingRecovery recovery) {
        try {
            Optional<Duration> wait = recovery.step(archive);
            if (wait.isPresent()) {
                later(wait.get(), again -> step(again, recovery));
            } else {
                forget(recovery.recording());
            }
        } catch (IOException e) {
            LOG.debug("{} is not recovered yet: {}", recovery.recording(), e.toString());
            later(RETRY, again -> step(again, recovery));
        } catch (RuntimeException e) {
            // A file that trips us must not trip every writer after us: it stays as it is.
            LOG.error("{} cannot be recovered and stays open", recovery.recording(), e);
            forget(recovery.recording());
        }
    }

    private void forget(OpenRecording recording) {
        context.unfinished().remove(recording);
        running.remove(recording);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends by itself, or with the timer
    private void later(Duration delay, Consumer<Archive> task) {
        timer.schedule(() -> threads.execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
