package io.gapless.ring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.ring.client.RingClient;
import io.gapless.ring.client.RingFragment;
import io.gapless.ring.http.HandMadeRing.Segment;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transfers that break anywhere are taken up where they broke, byte for byte. */
@Timeout(300)
class BrokenTransferTest {
    @TempDir private Path directory;
    private final MediaMemory memory = new MediaMemory(8 << 20);

    @Test
    void aTransferThatBreaksTwiceIsWhole() throws Exception {
        HandMadeRing ring = new HandMadeRing(directory);
        Segment segment = ring.add("front", HandMadeRing.START);
        byte[] bytes = segment.fragments().get(0).bytes();
        try (ServedRing served = new ServedRing(ring);
                RingClient direct = served.client()) {
            RingFragment listed =
                    direct.list(new CameraId("front"), ServedRing.EVER).fragments().get(0);
            for (int cut = 1; cut < bytes.length / 2; cut = cut < 700 ? cut + 191 : cut * 2) {
                assertWholeAfterCuts(served, listed, cut, bytes);
            }
        }
        assertThat(memory.usedBytes()).isZero();
    }

    private void assertWholeAfterCuts(ServedRing served, RingFragment listed, int cut, byte[] bytes)
            throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (FakeRing proxy =
                        new FakeRing(
                                (request, client) ->
                                        relay(
                                                served,
                                                request,
                                                client,
                                                asked.incrementAndGet() < 3 ? cut : bytes.length));
                RingClient client =
                        new RingClient(ServedRing.ring(proxy.port()), ServedRing.patient())) {
            Fragment fragment = client.fetch(listed, memory);
            assertThat(HandMadeRing.bytes(fragment, HandMadeRing.START, 1)).isEqualTo(bytes);
            fragment.release();
            List<String> ranges =
                    proxy.requests().stream()
                            .flatMap(String::lines)
                            .filter(l -> l.startsWith("Range"))
                            .collect(Collectors.toList());
            assertThat(ranges)
                    .containsExactly(
                            "Range: bytes=%d-".formatted(cut),
                            "Range: bytes=%d-".formatted(2 * cut));
        }
    }

    /** The ring's answer, of whose body only {@code most} bytes. */
    private static void relay(ServedRing served, String request, FakeRing.Client client, int most)
            throws IOException {
        try (Socket ring = new Socket(served.address().getAddress(), served.address().getPort())) {
            ring.setSoTimeout(60_000);
            String once = request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
            String last = once.replaceFirst("Connection: Upgrade[^\\r]*\\r\\n", "");
            ring.getOutputStream().write(last.getBytes(StandardCharsets.ISO_8859_1));
            byte[] answer = ring.getInputStream().readAllBytes();
            int body = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
            int end = Math.min(answer.length, body + most);
            client.send(java.util.Arrays.copyOf(answer, end));
        }
    }
}
