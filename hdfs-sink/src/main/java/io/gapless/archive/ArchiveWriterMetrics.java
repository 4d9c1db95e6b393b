package io.gapless.archive;

import io.gapless.media.CameraId;

/** Is told what an {@link ArchiveWriter} does. Called by its IO threads; must not block. */
public interface ArchiveWriterMetrics {
    /** Listens to nothing. */
    ArchiveWriterMetrics NONE = new ArchiveWriterMetrics() {};

    /** So many bytes, boxes included, became durable; the flush alone took {@code nanos}. */
    default void flushed(CameraId camera, long bytes, long nanos) {}

    default void recordingOpened(CameraId camera) {}

    default void recordingFinished(CameraId camera) {}

    /** A recording's stream was given up; its video is written again into the next one. */
    default void recordingFailed(CameraId camera) {}

    /** A recording that a failure had left open was finished. */
    default void recordingRecovered(CameraId camera) {}

    /** The store took so long that a fragment of so many bytes had to be dropped. */
    default void fragmentDropped(CameraId camera, long bytes) {}
}
