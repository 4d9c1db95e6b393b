package io.gapless.ring.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingSecretTest {
    @TempDir private Path directory;

    @Test
    void comesFromAFileOrTheEnvironment() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), " abcd1234 \nsecond line\n");
        RingSecret secret = RingSecret.ofFile(file);
        assertThat(secret.authorization()).isEqualTo("Bearer abcd1234");
        assertThat(RingSecret.ofEnvironment("S", Map.of("S", "abcd1234"))).isEqualTo(secret);
        assertThat(secret.isShownBy("bearer abcd1234")).isTrue();
        assertThat(secret.toString()).doesNotContain("abcd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "with space in it", "line\r\nbreak12", "sëcret-sëcret"})
    void rubbishIsRefusedWithoutBeingRepeated(String text) {
        assertThatThrownBy(() -> RingSecret.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8 to 512 characters");
        assertThatThrownBy(() -> RingSecret.ofEnvironment("S", Map.of()))
                .hasMessageContaining("S with the ring's secret is not set");
    }
}
