package io.gapless.ring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.ring.http.HandMadeRing.Written;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of fragments, byte for byte (RFC 9110 section 14). */
@Timeout(60)
class RangesTest {
    @TempDir private Path directory;
    private ServedRing served;
    private Written fragment;
    private String target;

    @BeforeEach
    void serve() throws Exception {
        HandMadeRing ring = new HandMadeRing(directory);
        fragment = ring.add("front", HandMadeRing.START).fragments().get(3);
        target = ServedRing.target(fragment);
        served = new ServedRing(ring);
    }

    @AfterEach
    void close() {
        served.close();
    }

    private HttpResponse<byte[]> range(String range) throws Exception {
        return served.ask("GET", target, Map.of("Range", range));
    }

    @Test
    void anyRestIsExact() throws Exception {
        int size = fragment.bytes().length;
        for (int from = 0; from < size; from = from < 600 ? from + 37 : from + size / 7) {
            assertPart(range("bytes=%d-".formatted(from)), from, size);
            assertPart(range("bytes=-%d".formatted(size - from)), from, size);
        }
        assertPart(range("bytes=%d-".formatted(size - 1)), size - 1, size);
    }

    @Test
    void anyPartIsExact() throws Exception {
        int size = fragment.bytes().length;
        assertPart(range("bytes=0-0"), 0, 1);
        assertPart(range("bytes=195-196"), 195, 197);
        assertPart(range("bytes=100-" + Long.MAX_VALUE / 10), 100, size);
        assertPart(range("bytes=-" + Long.MAX_VALUE / 10), 0, size);
    }

    private void assertPart(HttpResponse<byte[]> response, int from, int to) {
        int size = fragment.bytes().length;
        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.headers().firstValue("Content-Range"))
                .contains("bytes %d-%d/%d".formatted(from, to - 1, size));
        assertThat(response.body()).isEqualTo(Arrays.copyOfRange(fragment.bytes(), from, to));
    }

    @Test
    void whatBeginsBehindTheEndIsNotSatisfiable() throws Exception {
        int size = fragment.bytes().length;
        for (String range : new String[] {"bytes=%d-".formatted(size), "bytes=-0"}) {
            HttpResponse<byte[]> response = range(range);
            assertThat(response.statusCode()).isEqualTo(416);
            assertThat(response.headers().firstValue("Content-Range")).contains("bytes */" + size);
        }
        assertThat(range("bytes=0-").statusCode()).isEqualTo(206); // the connection goes on
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=5-4",
                "bytes=0-1,5-6",
                "bytes=a-b",
                "bytes=-",
                "bytes",
                "frames=1-2",
                "bytes=99999999999999999999-",
                "bytes=--5"
            })
    void whatIsNoSingleRangeIsPassedOver(String range) throws Exception {
        HttpResponse<byte[]> response = range(range);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(fragment.bytes());
    }

    @Test
    void anotherEntityIsSentWhole() throws Exception {
        HttpResponse<byte[]> whole = served.get(target);
        String tag = whole.headers().firstValue("ETag").orElseThrow();
        assertThat(tag)
                .contains(fragment.header().digest().toString())
                .contains(fragment.header().run().toString());
        assertPart(
                served.ask("GET", target, Map.of("Range", "bytes=7-", "If-Range", tag)),
                7,
                fragment.bytes().length);
        assertThat(
                        served.ask("GET", target, Map.of("Range", "bytes=7-", "If-Range", "\"x\""))
                                .body())
                .isEqualTo(fragment.bytes());
    }
}
