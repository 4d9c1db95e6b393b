package io.gapless.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraIdTest {
    @Test
    void keepsItsName() {
        assertThat(new CameraId("gate-7.north_A")).hasToString("gate-7.north_A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", ".hidden", "a/b", "a b", "ä", "a\n"})
    void cannotEscapeOrHideInADirectory(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CameraId(name))
                .withMessageContaining("camera id");
    }
}
