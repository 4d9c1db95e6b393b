package io.gapless.ring.http;

import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.ring.RingDirectories;
import io.gapless.ring.access.RingSecret;
import io.gapless.ring.client.RingAddress;
import io.gapless.ring.client.RingClient;
import io.gapless.ring.client.RingClientOptions;
import io.gapless.ring.server.RingServer;
import io.gapless.ring.server.RingServerLimits;
import io.gapless.ring.server.RingServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A hand-made ring behind a real server on loopback. */
final class ServedRing implements AutoCloseable {
    static final RingSecret SECRET = RingSecret.of("correct-horse-battery");
    static final TimeRange EVER =
            new TimeRange(
                    HandMadeRing.START.plusTicks(-3600L * MediaTime.TICKS_PER_SECOND),
                    HandMadeRing.START.plusTicks(3600L * MediaTime.TICKS_PER_SECOND));

    private final RingServer server;
    private final InetSocketAddress address;
    private final HttpClient http = HttpClient.newHttpClient();

    ServedRing(HandMadeRing ring, RingServerLimits limits) throws IOException {
        this(ring.directories(), limits);
    }

    ServedRing(RingDirectories directories, RingServerLimits limits) throws IOException {
        this.server =
                new RingServer(
                        new RingServerOptions(
                                loopback(0), Optional.of(SECRET), Optional.empty(), false, limits),
                        directories);
        this.address = server.start();
    }

    ServedRing(HandMadeRing ring) throws IOException {
        this(ring, RingServerLimits.DEFAULT);
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** For rings that leave their client waiting, and are to be given up soon. */
    static RingClientOptions impatient() {
        return options(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(20));
    }

    /** For rings that answer, however long a busy machine may take. */
    static RingClientOptions patient() {
        Duration patience = Duration.ofMinutes(2);
        return options(patience, patience, patience);
    }

    private static RingClientOptions options(Duration firstByte, Duration progress, Duration all) {
        return new RingClientOptions(
                Duration.ofMinutes(1), firstByte, progress, 1, all, 1 << 20, 10_000, 1 << 20, 3);
    }

    RingServer server() {
        return server;
    }

    InetSocketAddress address() {
        return address;
    }

    static RingAddress ring(int port) {
        return RingAddress.of(
                URI.create("http://127.0.0.1:" + port), Optional.of(SECRET), Optional.empty());
    }

    RingClient client() {
        return new RingClient(ring(address.getPort()), RingClientOptions.DEFAULT);
    }

    /** Asks with an ordinary HTTP client that shows the secret. */
    HttpResponse<byte[]> ask(String method, String target, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + target))
                        .timeout(Duration.ofSeconds(20))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .setHeader("Authorization", SECRET.authorization());
        headers.forEach(request::setHeader);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String target) throws IOException, InterruptedException {
        return ask("GET", target, Map.of());
    }

    static String target(HandMadeRing.Written fragment) {
        return "/v1/cameras/%s/runs/%s/fragments/%d"
                .formatted(
                        fragment.header().camera(),
                        fragment.header().run(),
                        fragment.header().sequence());
    }

    @Override
    public void close() {
        server.close();
    }
}
