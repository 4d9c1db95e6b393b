package io.gapless.ring;

import io.gapless.media.CameraId;

/**
 * Is told what becomes of a writer's events. Called by any thread, under a lock; must not block.
 */
public interface RingMetrics {
    /** Listens to nothing. */
    RingMetrics NONE = new RingMetrics() {};

    /** A fragment of so many bytes, boxes included, is in the ring. */
    default void fragmentWritten(CameraId camera, long bytes) {}

    /** There was no room for a fragment of so many bytes: a declared gap. */
    default void fragmentDropped(CameraId camera, long bytes) {}

    default void segmentFinished(CameraId camera) {}

    /** A write failed or took too long; its disk is left alone for a while. */
    default void writeFailed(CameraId camera) {}
}
