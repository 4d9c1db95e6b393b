package io.gapless.source.enumerator;

import io.gapless.media.CameraId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Version 1: the cameras' ids in ASCII, each followed by a line break. */
public final class CatalogueStateSerializer implements SimpleVersionedSerializer<CatalogueState> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(CatalogueState state) {
        return state.cameras().stream()
                .map(camera -> camera.value() + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public CatalogueState deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "catalogue state of version %d is from a newer recorder; this one reads up to %d"
                            .formatted(version, VERSION));
        }
        return new CatalogueState(
                new String(serialized, StandardCharsets.US_ASCII)
                        .lines()
                        .map(CameraId::new)
                        .toList());
    }
}
