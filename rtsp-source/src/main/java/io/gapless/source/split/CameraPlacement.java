package io.gapless.source.split;

import io.gapless.media.CameraEvent;
import io.gapless.media.CameraId;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * Which subtask a camera belongs to: the one to which {@code keyBy} would send its events. That is
 * what makes a keyed operator behind the source possible without a network between them ({@code
 * DataStreamUtils.reinterpretAsKeyedStream}).
 *
 * @param maxParallelism of the job, fixed for its life
 * @param parallelism of the source and all that is chained to it
 */
public record CameraPlacement(int maxParallelism, int parallelism) {
    public CameraPlacement {
        if (parallelism < 1 || parallelism > maxParallelism) {
            throw new IllegalArgumentException(
                    "parallelism %d is not within 1 to %d".formatted(parallelism, maxParallelism));
        }
    }

    /** The key of all keyed state; its hash places the camera. */
    public static String key(CameraEvent event) {
        return key(event.camera());
    }

    private static String key(CameraId camera) {
        return camera.value();
    }

    /** The index of the subtask, 0 to parallelism - 1. */
    public int owner(CameraId camera) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                key(camera), maxParallelism, parallelism);
    }
}
