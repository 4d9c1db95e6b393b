package io.gapless.archive.read;

import io.gapless.media.CameraId;

/** Told now and then how far a long reading has come. Called on the reading thread. */
@FunctionalInterface
public interface ReadProgress {
    /** For those who do not want to know. */
    ReadProgress NONE = (camera, doneBytes, totalBytes) -> {};

    /**
     * @param doneBytes of this camera's recordings so far
     * @param totalBytes of this camera's recordings to be read, at least {@code doneBytes}
     */
    void onProgress(CameraId camera, long doneBytes, long totalBytes);
}
