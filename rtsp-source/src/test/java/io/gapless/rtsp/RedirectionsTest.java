package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectionsTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "rtsp://a/x, rtsp://b:8554/y?z=1, rtsp://b:8554/y?z=1",
                "rtsp://a/x, /y, rtsp://a/y",
                "rtsp://a/x, rtsp://u:p@b/y, rtsp://b/y",
                "rtsp://a/x, rtsps://b/y, rtsps://b/y",
                "rtsps://a/x, rtsps://b/y, rtsps://b/y",
                // Nobody is led away from TLS, to another protocol, nowhere, or in a circle.
                "rtsps://a/x, rtsp://b/y, -",
                "rtsp://a/x, http://b/y, -",
                "rtsp://a/x, rtsp://a/x, -",
                "rtsp://a/x, '', -",
                "rtsp://a/x, 'rtsp://b/ y', -",
            })
    void follows(URI from, String location, URI target) {
        assertThat(Redirections.target(from, location)).isEqualTo(Optional.ofNullable(target));
    }
}
