package io.gapless.source.reader;

import io.gapless.rtsp.CameraListener;
import io.gapless.rtsp.CameraSettings;
import io.gapless.rtsp.RecorderRuntime;
import java.io.Serializable;

/** Makes the recorder of a camera. Part of the job graph, hence serializable. */
@FunctionalInterface
public interface RecorderFactory extends Serializable {
    /** A recorder that is not started yet. */
    Recorder create(CameraSettings settings, RecorderRuntime runtime, CameraListener listener);
}
