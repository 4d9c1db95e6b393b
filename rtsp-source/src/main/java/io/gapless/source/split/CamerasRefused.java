package io.gapless.source.split;

import io.gapless.media.CameraId;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader's answer to splits of cameras that it does not own. Recording them would fail the keyed
 * operator behind it, again after each restart.
 *
 * @param cameras ids of cameras; text, because events are serialized by Java
 */
public record CamerasRefused(List<String> cameras) implements SourceEvent {
    private static final long serialVersionUID = 1L;

    public CamerasRefused {
        cameras = List.copyOf(cameras);
    }

    public List<CameraId> ids() {
        return cameras.stream().map(CameraId::new).toList();
    }
}
