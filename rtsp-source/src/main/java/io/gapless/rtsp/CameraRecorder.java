package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.Fragment;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records one camera: dials, records, and dials again with back-off until it is closed. Whatever
 * the camera does wrong becomes an {@link Interruption}, one an outage, never an exception.
 *
 * <p>Its methods may be called from any thread; everything else happens on one event loop.
 */
public final class CameraRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(CameraRecorder.class);
    private static final int MOST_REDIRECTIONS = 5;

    private final CameraSettings settings;
    private final RecorderRuntime runtime;
    private final CameraListener listener;
    private final EventLoop eventLoop;
    private final CameraCounters counters = new CameraCounters();
    private final Outage outage;

    private SessionTarget target;
    private Optional<RtspSession> session = Optional.empty();
    private Optional<ScheduledFuture<?>> redial = Optional.empty();
    private MediaTime videoUntil;
    private int failures;
    private int redirections;
    private boolean closed;

    public CameraRecorder(
            CameraSettings settings, RecorderRuntime runtime, CameraListener listener) {
        this.settings = requireNonNull(settings, "settings is null");
        this.runtime = requireNonNull(runtime, "runtime is null");
        this.listener = requireNonNull(listener, "listener is null");
        this.eventLoop = runtime.eventLoops().next();
        this.outage = new Outage(settings.id(), listener::onEvent);
        this.target = SessionTarget.of(settings);
        this.videoUntil = MediaTime.of(runtime.wallClock().instant());
    }

    /** Begins to record; to be called once. */
    public void start() {
        eventLoop.execute(
                () -> {
                    videoUntil = MediaTime.of(runtime.wallClock().instant());
                    dial();
                });
    }

    /**
     * Ends the session and hands on the last, unfinished fragment, but no {@link Interruption} of
     * its own: the caller knows why it closes. The listener is not called any more once the stage
     * is complete, which does not wait for the camera.
     */
    public CompletionStage<Void> close() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        eventLoop.execute(
                () -> {
                    closed = true;
                    redial.ifPresent(r -> r.cancel(false));
                    session.ifPresent(RtspSession::close);
                    outage.tell();
                    counters.state = CameraState.STOPPED;
                    done.complete(null);
                });
        return done;
    }

    public CameraCounters counters() {
        return counters;
    }

    private void dial() {
        if (closed) {
            return;
        }
        counters.state = CameraState.CONNECTING;
        RtspSession next =
                new RtspSession(
                        settings,
                        target,
                        runtime,
                        eventLoop,
                        counters,
                        outage.cause(),
                        new SessionListener());
        session = Optional.of(next);
        next.open();
    }

    private final class SessionListener implements RtspSession.Listener {
        @Override
        public void onPlaying() {
            CameraCounters.add(counters.sessions, 1);
        }

        @Override
        public void onFirstFrame() {
            counters.state = CameraState.RECORDING;
            redirections = 0;
            outage.over(target.uri().getHost());
        }

        @Override
        public void onFragment(Fragment fragment) {
            listener.onEvent(fragment);
        }

        @Override
        public void onEnd(SessionEnd end) {
            RtspSession ended = session.orElseThrow();
            session = Optional.empty();
            videoUntil = ended.endOfLastFrame().orElse(videoUntil);
            if (ended.recorded().compareTo(runtime.backOff().healthyAfter()) >= 0) {
                failures = 0;
            }
            next(end);
        }
    }

    private void next(SessionEnd end) {
        if (end instanceof SessionEnd.Failed failed) {
            onFailed(failed.cause(), failed.sentence());
        } else if (end instanceof SessionEnd.Redirected redirected) {
            onRedirected(redirected.location());
        } else {
            LOG.info("camera {} sends nothing over UDP, going on over TCP", settings.id());
            target = target.overTcp();
            redialAfter(Duration.ZERO);
        }
    }

    private void onFailed(GapCause cause, String sentence) {
        failures++;
        target = SessionTarget.of(settings).by(target.way());
        outage.failed(cause, sentence, videoUntil);
        BackOff backOff = runtime.backOff();
        redialAfter(
                cause == GapCause.CAMERA_REFUSED
                        ? backOff.refusedDelay(ThreadLocalRandom.current())
                        : backOff.delay(failures, ThreadLocalRandom.current()));
    }

    private void onRedirected(String location) {
        Optional<URI> elsewhere = Redirections.target(target.uri(), location);
        if (elsewhere.isEmpty() || ++redirections > MOST_REDIRECTIONS) {
            redirections = 0;
            onFailed(GapCause.CAMERA_PROTOCOL, "redirects to where we cannot follow");
        } else {
            target = target.at(elsewhere.get());
            redialAfter(Duration.ZERO);
        }
    }

    private void redialAfter(Duration delay) {
        if (closed) {
            return;
        }
        counters.state = CameraState.WAITING;
        CameraCounters.add(counters.reconnects, 1);
        redial = Optional.of(eventLoop.schedule(this::dial, delay.toNanos(), TimeUnit.NANOSECONDS));
    }
}
