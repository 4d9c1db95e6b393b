package io.gapless.source.split;

import io.gapless.media.CameraId;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The enumerator's order to end the recording of cameras that left the catalogue. May be repeated.
 *
 * @param cameras ids of cameras; text, because events are serialized by Java
 */
public record CamerasToStop(List<String> cameras) implements SourceEvent {
    private static final long serialVersionUID = 1L;

    public CamerasToStop {
        cameras = List.copyOf(cameras);
    }

    public static CamerasToStop of(List<CameraId> cameras) {
        return new CamerasToStop(cameras.stream().map(CameraId::value).toList());
    }
}
