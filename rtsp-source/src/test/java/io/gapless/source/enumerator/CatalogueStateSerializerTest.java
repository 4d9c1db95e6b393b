package io.gapless.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.media.CameraId;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CatalogueStateSerializerTest {
    private final CatalogueStateSerializer serializer = new CatalogueStateSerializer();
    private final CatalogueState state =
            new CatalogueState(List.of(new CameraId("gate"), new CameraId("yard")));

    @Test
    void readsWhatItWrites() throws IOException {
        assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(state)))
                .isEqualTo(state);
        CatalogueState empty = new CatalogueState(List.of());
        assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(empty)))
                .isEqualTo(empty);
    }

    @Test
    void readsVersion1() throws IOException {
        assertThat(serializer.deserialize(1, HexFormat.of().parseHex("676174650a796172640a")))
                .isEqualTo(state);
    }

    @Test
    void refusesANewerVersion() {
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("newer recorder");
    }
}
