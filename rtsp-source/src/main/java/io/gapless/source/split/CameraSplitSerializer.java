package io.gapless.source.split;

import io.gapless.media.CameraId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Version 1: the camera's id in ASCII. */
public final class CameraSplitSerializer implements SimpleVersionedSerializer<CameraSplit> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(CameraSplit split) {
        return split.camera().value().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public CameraSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "camera split of version %d is from a newer recorder; this one reads up to %d"
                            .formatted(version, VERSION));
        }
        return new CameraSplit(new CameraId(new String(serialized, StandardCharsets.US_ASCII)));
    }
}
