package io.gapless.source.enumerator;

import io.gapless.media.CameraId;
import java.util.List;

/** The cameras of the last good catalogue, in case none can be read after a recovery. */
public record CatalogueState(List<CameraId> cameras) {
    public CatalogueState {
        cameras = List.copyOf(cameras);
    }
}
