package io.gapless.job.cli;

import java.util.Map;
import java.util.Optional;

/**
 * What a recorder says of its cameras, or that it says nothing.
 *
 * @param state of all cameras, if it says nothing of them
 * @param lostSeconds of all cameras, which no ring has any more
 */
record RecorderStatus(String state, Map<String, CameraStatus> cameras, long lostSeconds) {
    static final RecorderStatus STARTING = new RecorderStatus("starting", Map.of(), 0);

    /** It takes connections and does not answer. */
    static final RecorderStatus HANGS = new RecorderStatus("hangs", Map.of(), 0);

    static final RecorderStatus DOWN = new RecorderStatus("down", Map.of(), 0);

    RecorderStatus {
        cameras = Map.copyOf(cameras);
    }

    static RecorderStatus of(Map<String, CameraStatus> cameras, long lostSeconds) {
        return new RecorderStatus("-", cameras, lostSeconds);
    }

    Optional<CameraStatus> camera(String id) {
        return Optional.ofNullable(cameras.get(id));
    }

    String state(String camera) {
        return camera(camera).map(CameraStatus::state).orElse(state);
    }
}
