package io.gapless.ring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.ring.client.RingClient;
import io.gapless.ring.client.RingFragment;
import io.gapless.ring.http.HandMadeRing.Written;
import io.gapless.ring.server.RingServerLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever asks, and however: nothing but the ring's own comes out, and others are served. */
@Timeout(60)
class HostileClientsTest {
    private static final RingServerLimits FEW =
            new RingServerLimits(
                    4,
                    2,
                    0,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    1000,
                    Duration.ofDays(1));
    private static final String AUTHORIZED =
            "\r\nHost: x\r\nAuthorization: " + ServedRing.SECRET.authorization();

    @TempDir private Path directory;
    private HandMadeRing ring;
    private Written fragment;
    private ServedRing served;

    @BeforeEach
    void serve() throws IOException {
        Path inside = directory.resolve("ring");
        Files.writeString(directory.resolve("outside.mp4"), "OUTSIDE");
        ring = new HandMadeRing(inside);
        fragment = ring.add("front", HandMadeRing.START).fragments().get(0);
        Files.writeString(inside.resolve("secret.txt"), "OUTSIDE");
        served = new ServedRing(ring, FEW);
    }

    @AfterEach
    void close() {
        served.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(served.address().getAddress(), served.address().getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** Everything the server says before it closes. */
    private String say(String bytes) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private String ask(String target) throws IOException {
        return say("GET " + target + " HTTP/1.1" + AUTHORIZED + "\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "//",
                "*",
                "/v1",
                "/v1/",
                "/v1/cameras/",
                "/v1/cameras/front",
                "/v1/cameras/../secret.txt",
                "/../secret.txt",
                "/v1/cameras/../../../outside.mp4",
                "/v1/cameras/%2e%2e/fragments?from=0&to=1",
                "/v1/cameras/..%2f..%2f/fragments?from=0&to=1",
                "/v1/cameras/..%252f/fragments?from=0&to=1",
                "/v1/cameras/../fragments?from=0&to=1",
                "/v1/cameras/./fragments?from=0&to=1",
                "/v1/cameras/.hidden/fragments?from=0&to=1",
                "/v1/cameras/front%00/fragments?from=0&to=1",
                "/v1/cameras/front\u0000/fragments?from=0&to=1",
                "/v1/cameras/..\\..\\/fragments?from=0&to=1",
                "/v1/cameras/%c0%ae%c0%ae/fragments?from=0&to=1",
                "/v1/cameras/fr\u00f6nt/fragments?from=0&to=1",
                "/v1/cameras/front;x/fragments?from=0&to=1",
                "/v1/cameras//fragments?from=0&to=1",
                "/v1/cameras/front/fragments",
                "/v1/cameras/front/fragments?from=0",
                "/v1/cameras/front/fragments?from=1&to=0",
                "/v1/cameras/front/fragments?from=-1&to=1",
                "/v1/cameras/front/fragments?from=0&to=36028797018963968",
                "/v1/cameras/front/fragments?from=0&to=99999999999999999999999",
                "/v1/cameras/front/fragments?from=0x1&to=5",
                "/v1/cameras/front/fragments?from=0&from=0&to=5",
                "/v1/cameras/front/fragments?from=0&to=5&path=/etc/passwd",
                "/v1/cameras/front/fragments?from=0&to=5&after=../../x",
                "/v1/cameras/front/fragments?from=0&to=5&after=1_2_3",
                "/v1/cameras/front/fragments?&",
                "/v1/cameras/front/runs/../fragments/0",
                "/v1/cameras/front/runs/not-a-uuid/fragments/0",
                "/v1/cameras/front/runs/1-1-1-1-1/fragments/0",
                "/v1/cameras/front/runs/00000000-0000-0000-0000-000000000000/fragments/0",
                "/v1/cameras/front/runs/00000000-0000-0000-0000-000000000000/fragments/-1",
                "/v1/cameras/front/runs/00000000-0000-0000-0000-000000000000/fragments/0/..",
                "/v1/cameras/front/runs/00000000-0000-0000-0000-000000000000/fragments/9999999999999999999",
                "/v1/status?x=1",
                "/v1/status/..",
                "http://127.0.0.1/v1/status",
                "http://elsewhere/v1/status",
                "file:///etc/passwd",
                "/v1/status#",
                "/etc/passwd"
            })
    void nothingElseIsServed(String target) throws IOException {
        String answer = ask(target);
        assertThat(answer).matches("(?s)HTTP/1\\.1 40[04] .*").doesNotContain("OUTSIDE", "root:");
        assertThat(answer).doesNotContain(directory.toString());
    }

    @Test
    void lengthsHaveBounds() throws IOException {
        assertThat(ask("/v1/cameras/" + "a".repeat(65) + "/fragments?from=0&to=1"))
                .startsWith("HTTP/1.1 404");
        assertThat(ask("/" + "a/".repeat(400))).startsWith("HTTP/1.1 404");
        assertThat(ask("/" + "a".repeat(5000))).startsWith("HTTP/1.1 414");
        assertThat(say("GET / HTTP/1.1\r\nX: " + "a".repeat(9000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(say("GET / HTTP/1.1\r\n" + "X: y\r\n".repeat(3000) + "\r\n"))
                .startsWith("HTTP/1.1 431");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\nAuthorization: Bearer",
                "\r\nAuthorization: Bearer ",
                "\r\nAuthorization: Bearer wrong",
                "\r\nAuthorization: Bearer correct-horse-batterY",
                "\r\nAuthorization: Bearer correct-horse-battery2",
                "\r\nAuthorization: Basic Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5",
                "\r\nAuthorization: correct-horse-battery",
                "\r\nAuthorization: Bearer wrong\r\nAuthorization: Bearer correct-horse-battery",
                "\r\nX-Authorization: Bearer correct-horse-battery"
            })
    void withoutTheSecretNothingIsSaid(String header) throws IOException {
        for (String target : List.of(ServedRing.target(fragment), "/v1/status", "/../x", "/")) {
            String answer = say("GET " + target + " HTTP/1.1\r\nHost: x" + header + "\r\n\r\n");
            assertThat(answer)
                    .startsWith("HTTP/1.1 401")
                    .containsIgnoringCase("www-authenticate: Bearer")
                    .endsWith("\r\n\r\n");
        }
        assertThat(served.server().counters().requests()).isZero();
        assertThat(served.server().counters().refused()).isEqualTo(4);
    }

    @Test
    void aRequestWithContentIsTheLast() throws IOException {
        String smuggled = "GET /v1/status HTTP/1.1" + AUTHORIZED + "\r\n\r\n";
        for (String length : List.of("Content-Length: 500", "Transfer-Encoding: chunked")) {
            String answer =
                    say(
                            "GET /v1/cameras HTTP/1.1"
                                    + AUTHORIZED
                                    + "\r\n"
                                    + length
                                    + "\r\n\r\n"
                                    + smuggled);
            assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("newest");
        }
    }

    @Test
    void requestsAheadOfTheirAnswersAreAnsweredInOrder() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            all.append("GET /v1/cameras HTTP/1.1").append(AUTHORIZED).append("\r\n\r\n");
            all.append("GET /v1/nothing HTTP/1.1").append(AUTHORIZED).append("\r\n\r\n");
        }
        all.append("GET /v1/cameras HTTP/1.1").append(AUTHORIZED);
        String answers = say(all.append("\r\nConnection: close\r\n\r\n").toString());
        List<String> statuses =
                answers.lines()
                        .filter(l -> l.contains("HTTP/1.1 "))
                        .map(l -> l.substring(l.indexOf("HTTP/1.1")))
                        .toList();
        assertThat(statuses).hasSize(41);
        for (int i = 0; i < 41; i++) {
            assertThat(statuses.get(i)).startsWith(i % 2 == 0 ? "HTTP/1.1 200" : "HTTP/1.1 404");
        }
    }

    @Test
    void whoSendsARequestByDropsCostsOnlyItself() throws Exception {
        try (Socket slow = connect();
                Socket silent = connect();
                RingClient client = served.client()) {
            slow.getOutputStream().write("GET /v1/st".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(client.list(new CameraId("front"), ServedRing.EVER).fragments()).hasSize(8);
            assertThat(slow.getInputStream().read()).isNegative(); // after the request time-out
            assertThat(silent.getInputStream().read()).isNegative();
        }
    }

    @Test
    void pastTheBoundConnectionsAreTurnedAway() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                Socket socket = connect();
                open.add(socket);
                String request = "GET /v1/cameras HTTP/1.1" + AUTHORIZED + "\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                assertThat(firstLine(socket)).startsWith("HTTP/1.1 200");
            }
            String answer = ask("/v1/cameras");
            assertThat(answer).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after: ");
            assertThat(served.server().counters().busy()).isPositive();
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private static String firstLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int b = in.read(); b >= 0 && b != '\r'; b = in.read()) {
            line.append((char) b);
        }
        return line.toString();
    }

    @Test
    void whoGoesAwayInTheMiddleLeavesNoFileOpen() throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        assumeThat(Files.isDirectory(descriptors)).isTrue();
        RingServerLimits slow = RingServerLimits.DEFAULT.withBytesPerSecond(10_000);
        try (ServedRing bounded = new ServedRing(ring, slow)) {
            for (int i = 0; i < 10; i++) {
                try (Socket socket =
                        new Socket(bounded.address().getAddress(), bounded.address().getPort())) {
                    String request =
                            "GET " + ServedRing.target(fragment) + " HTTP/1.1" + AUTHORIZED;
                    socket.getOutputStream()
                            .write((request + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
                    assertThat(firstLine(socket)).startsWith("HTTP/1.1 200");
                }
            }
        }
        assertThat(segmentsOpen(descriptors)).isZero();
    }

    private static long segmentsOpen(Path descriptors) throws IOException {
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.filter(HostileClientsTest::isSegment).count();
        }
    }

    private static boolean isSegment(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains(".mp4");
        } catch (IOException e) {
            return false; // closed since
        }
    }

    @Test
    void theBandwidthIsABound() throws Exception {
        long size = fragment.bytes().length;
        RingServerLimits slow = RingServerLimits.DEFAULT.withBytesPerSecond(size * 4);
        MediaMemory memory = new MediaMemory(8 << 20);
        try (ServedRing bounded = new ServedRing(ring, slow);
                RingClient client = bounded.client()) {
            List<RingFragment> all =
                    client.list(new CameraId("front"), ServedRing.EVER).fragments();
            long began = System.nanoTime();
            for (RingFragment listed : all) {
                Fragment fetched = client.fetch(listed, memory);
                assertThat(fetched.header()).isEqualTo(listed.header());
                fetched.release();
            }
            // 8 fragments of about the same size at 4 a second, less what may be sent at once
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isGreaterThan(Duration.ofMillis(700));
        }
    }
}
