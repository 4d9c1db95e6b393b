package io.gapless.rtsp;

import io.gapless.media.CameraEvent;

/** Hears everything of one camera, in its order. */
@FunctionalInterface
public interface CameraListener {
    /**
     * Called on the camera's event loop, so it must not block. Takes ownership: whoever is given a
     * fragment has to release it.
     */
    void onEvent(CameraEvent event);
}
