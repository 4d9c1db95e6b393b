package io.gapless.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

final class CameraEventSerializerTest {
    private final Fragment fragment =
            new TestFragments(new MediaMemory(MediaMemory.CHUNK_BYTES), "gate").fragment(0, 10);

    @Test
    void copiesByReference() {
        assertThat(CameraEventSerializer.INSTANCE.copy(fragment)).isSameAs(fragment);
        assertThat(CameraEventSerializer.INSTANCE.copy(fragment, fragment)).isSameAs(fragment);
    }

    @Test
    void refusesToSendVideoOverTheNetwork() {
        assertThatThrownBy(
                        () ->
                                CameraEventSerializer.INSTANCE.serialize(
                                        fragment, new DataOutputSerializer(16)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageStartingWith("video never crosses the network between tasks");
    }
}
