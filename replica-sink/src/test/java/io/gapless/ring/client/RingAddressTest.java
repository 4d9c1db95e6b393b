package io.gapless.ring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.ring.access.RingSecret;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingAddressTest {
    private static RingAddress of(String uri) {
        return RingAddress.of(
                URI.create(uri), Optional.of(RingSecret.of("abcdefgh")), Optional.empty());
    }

    @Test
    void aNameIsOneRingForEachAddress() throws Exception {
        assertThat(of("http://replica").uri()).isEqualTo(URI.create("http://replica:8484"));
        RingAddress named = of("https://localhost:9/");
        assertThat(named.resolve())
                .isNotEmpty()
                .allSatisfy(a -> assertThat(a.certifiedName()).isEqualTo("localhost"))
                .extracting(RingAddress::uri)
                .contains(URI.create("https://127.0.0.1:9"));
        assertThat(of("http://[::1]:7").resolve())
                .extracting(a -> a.uri().getPort())
                .containsExactly(7);
        assertThat(named.toString()).isEqualTo("https://localhost:9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replica:8484",
                "ftp://replica",
                "http://user:pass@replica",
                "http://replica/x",
                "http://replica?x",
                "http://replica#x",
                "http:///x",
                "http://replica:99999"
            })
    void whatIsNoRingsAddressIsRefused(String uri) {
        assertThatThrownBy(() -> of(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a ring's address is")
                .hasMessageNotContaining("pass");
    }
}
