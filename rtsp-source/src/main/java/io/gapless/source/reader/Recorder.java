package io.gapless.source.reader;

import java.util.concurrent.CompletionStage;

/**
 * Records one camera until it is closed; what {@link io.gapless.rtsp.CameraRecorder} is to the
 * source. Its methods may be called from any thread and never block.
 */
public interface Recorder {
    /** Begins to dial; called once. */
    void start();

    /** Ends the recording. When the stage completes, the listener is not called any more. */
    CompletionStage<Void> close();

    RecorderCounts counts();
}
