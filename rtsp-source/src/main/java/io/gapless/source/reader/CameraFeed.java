package io.gapless.source.reader;

import io.gapless.media.CameraEvent;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.rtsp.RecorderRuntime;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera's way into the queue. Its recorder is replaced when the camera's settings change; the
 * next one dials only when the last has hung up, for some cameras grant one session only.
 *
 * <p>Owned by the task's thread, except {@link #onEvent}, which event loops call one after the
 * other.
 */
final class CameraFeed {
    private static final Logger LOG = LoggerFactory.getLogger(CameraFeed.class);

    private final CameraId camera;
    private final RecorderFactory factory;
    private final RecorderRuntime runtime;
    private final EventQueue queue;

    private Optional<CameraOrder> order = Optional.empty();
    private volatile Optional<Recorder> recorder = Optional.empty();

    /** Completes when everything begun so far is done; never fails. */
    private CompletionStage<Void> last;

    /** End of the last fragment, if nothing has been said to have stopped since. */
    private volatile Optional<MediaTime> liveUntil = Optional.empty();

    /** Since when the camera's video is missing, if it is. */
    private volatile OptionalLong gapSinceNanos;

    /**
     * @param after completes when the camera may be dialled; never fails
     */
    CameraFeed(
            CameraId camera,
            RecorderFactory factory,
            RecorderRuntime runtime,
            EventQueue queue,
            CompletionStage<Void> after) {
        this.camera = camera;
        this.factory = factory;
        this.runtime = runtime;
        this.queue = queue;
        this.last = after;
        this.gapSinceNanos = OptionalLong.of(runtime.nanoTicker().getAsLong());
    }

    /** The catalogue says so; does nothing if it has said the same before. */
    void obey(CameraOrder newOrder) {
        if (order.filter(newOrder::equals).isPresent()) {
            return;
        }
        if (order.isPresent()) {
            LOG.info("camera {}: its settings have changed", camera);
            hangUp(GapCause.CATALOGUE_CHANGED, "the camera's settings were changed");
        }
        order = Optional.of(newOrder);
        if (newOrder instanceof CameraOrder.Dial dial) {
            dial(dial);
        } else if (newOrder instanceof CameraOrder.Unusable unusable) {
            LOG.warn("camera {} cannot be dialled: {}", camera, unusable.reason());
            interrupt(GapCause.CAMERA_REFUSED, unusable.reason());
        }
    }

    /** The camera left the catalogue. The stage completes when its session has ended. */
    CompletionStage<Void> remove() {
        LOG.info("camera {} is no longer to be recorded", camera);
        hangUp(GapCause.CATALOGUE_CHANGED, "the camera was taken out of the catalogue");
        last = settled(last.thenRun(() -> gapSinceNanos = OptionalLong.empty()));
        return last;
    }

    /**
     * The recorder is about to be stopped on purpose. The stage completes when the camera's session
     * has ended and the queue has all of it.
     */
    CompletionStage<Void> stop() {
        hangUp(GapCause.RECORDER_STOPPED, "the recorder was stopped");
        return last;
    }

    /** Ends the recording without a word: the task ends too. */
    CompletionStage<Void> close() {
        recorder.ifPresent(this::closeAfterLast);
        recorder = Optional.empty();
        return last;
    }

    RecorderCounts counts() {
        return recorder.map(Recorder::counts).orElse(RecorderCounts.NONE);
    }

    /** Milliseconds since the last frame came; -1 if none ever did. */
    long lastFrameAgeMs() {
        OptionalLong frame = counts().lastFrameNanos();
        return frame.isEmpty() ? -1 : elapsedNanos(frame.getAsLong()) / 1_000_000;
    }

    /** Seconds since the camera's video stopped or should have begun; 0 while it comes. */
    double openGapSeconds() {
        OptionalLong since = gapSinceNanos;
        return since.isEmpty() ? 0 : elapsedNanos(since.getAsLong()) / 1e9;
    }

    private long elapsedNanos(long since) {
        return Math.max(0, runtime.nanoTicker().getAsLong() - since);
    }

    private void dial(CameraOrder.Dial dial) {
        Recorder next = factory.create(dial.settings(), runtime, this::onEvent);
        recorder = Optional.of(next);
        last = settled(last.thenRun(next::start));
    }

    private void hangUp(GapCause cause, String detail) {
        if (recorder.isPresent()) {
            closeAfterLast(recorder.get());
            recorder = Optional.empty();
            last = settled(last.thenRun(() -> interrupt(cause, detail)));
        }
    }

    private void closeAfterLast(Recorder ending) {
        last = settled(last.thenCompose(done -> ending.close()));
    }

    private CompletionStage<Void> settled(CompletionStage<Void> stage) {
        return stage.exceptionally(
                failure -> {
                    LOG.error("camera {}: its recorder failed", camera, failure);
                    return null;
                });
    }

    private void interrupt(GapCause cause, String detail) {
        MediaTime at = liveUntil.orElseGet(() -> MediaTime.of(runtime.wallClock().instant()));
        onEvent(new Interruption(camera, at, cause, detail));
    }

    private void onEvent(CameraEvent event) {
        if (event instanceof Fragment fragment) {
            liveUntil = Optional.of(fragment.header().end());
            gapSinceNanos = OptionalLong.empty();
        } else {
            liveUntil = Optional.empty();
            if (gapSinceNanos.isEmpty()) {
                gapSinceNanos = OptionalLong.of(runtime.nanoTicker().getAsLong());
            }
        }
        queue.offer(event);
    }
}
