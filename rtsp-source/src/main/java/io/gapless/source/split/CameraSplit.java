package io.gapless.source.split;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * The order to record a camera. It names the camera and nothing else: live video has no position to
 * resume from, and URL and password are read from the catalogue by the host that dials, so neither
 * enters a state, an event or a log. The split's id is the camera's.
 */
public record CameraSplit(CameraId camera) implements SourceSplit {
    public CameraSplit {
        requireNonNull(camera, "camera is null");
    }

    @Override
    public String splitId() {
        return camera.value();
    }
}
