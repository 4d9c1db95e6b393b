package io.gapless.source.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.media.CameraId;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class CameraSplitSerializerTest {
    private final CameraSplitSerializer serializer = new CameraSplitSerializer();
    private final CameraSplit gate = new CameraSplit(new CameraId("gate-1"));

    @Test
    void readsWhatItWrites() throws IOException {
        assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(gate)))
                .isEqualTo(gate);
    }

    @Test
    void readsVersion1() throws IOException {
        assertThat(serializer.deserialize(1, HexFormat.of().parseHex("676174652d31")))
                .isEqualTo(gate);
    }

    @Test
    void refusesANewerVersion() {
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("newer recorder");
    }
}
