package io.gapless.system.backfill;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between the primary and a ring and passes on something else than what the ring said. */
final class LyingRing implements AutoCloseable {
    /** What becomes of the ring's answers. */
    enum Lie {
        NONE,
        /** One byte of every answer is another. */
        WRONG_BYTE,
        /** The answer ends in its middle, but says that it is whole. */
        HALF,
        /** The connection breaks in the middle of the answer. */
        BROKEN_OFF,
        /** Nothing but zeros, for ever. */
        ENDLESS,
        /** Another page altogether. */
        NONSENSE,
        REFUSED,
        FAILED;

        static final Set<Lie> LIES = EnumSet.complementOf(EnumSet.of(NONE));
    }

    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "host", "content-length", "transfer-encoding", "upgrade");

    private final URI ring;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<Lie> aboutLists = new ConcurrentLinkedQueue<>();
    private final Queue<Lie> aboutFragments = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private LyingRing(URI ring, HttpServer server) {
        this.ring = ring;
        this.server = server;
    }

    static LyingRing before(URI ring) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        LyingRing lying = new LyingRing(ring, server);
        server.createContext("/", lying::answer);
        server.setExecutor(lying.threads);
        server.start();
        return lying;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Each list asked for next is told with another of these lies, then the truth again. */
    void lieAboutLists(Collection<Lie> lies) {
        aboutLists.addAll(lies);
    }

    /** As {@link #lieAboutLists} with the fragments themselves. */
    void lieAboutFragments(Collection<Lie> lies) {
        aboutFragments.addAll(lies);
    }

    /** Lies not yet told. */
    List<Lie> left() {
        List<Lie> left = new ArrayList<>(aboutLists);
        left.addAll(aboutFragments);
        return left;
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean fragment = exchange.getRequestURI().getPath().contains("/runs/");
        Lie lie =
                Optional.ofNullable((fragment ? aboutFragments : aboutLists).poll())
                        .orElse(Lie.NONE);
        try (exchange) {
            HttpResponse<byte[]> truth = ask(exchange);
            truth.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            tell(lie, truth.statusCode(), truth.body(), exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> ask(HttpExchange exchange)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(ring.resolve(exchange.getRequestURI().toString()));
        exchange.getRequestHeaders().entrySet().stream()
                .filter(entry -> !isOfTheConnection(entry.getKey()))
                .forEach(entry -> entry.getValue().forEach(v -> request.header(entry.getKey(), v)));
        byte[] body;
        try (InputStream in = exchange.getRequestBody()) {
            body = in.readAllBytes();
        }
        request.method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static boolean isOfTheConnection(String header) {
        return OF_THE_CONNECTION.stream().anyMatch(header::equalsIgnoreCase);
    }

    private void tell(Lie lie, int status, byte[] truth, HttpExchange exchange) throws IOException {
        byte[] half = Arrays.copyOf(truth, truth.length / 2);
        switch (lie) {
            case NONE -> send(exchange, status, truth);
            case WRONG_BYTE -> {
                truth[truth.length / 2] ^= 0x55;
                send(exchange, status, truth);
            }
            case HALF -> send(exchange, status, half);
            case BROKEN_OFF -> {
                exchange.sendResponseHeaders(status, truth.length);
                exchange.getResponseBody().write(half);
                exchange.getResponseBody().flush();
            }
            case ENDLESS -> endless(exchange, status);
            case NONSENSE -> send(exchange, 200, "<html>Welcome</html>".getBytes(US_ASCII));
            case REFUSED -> send(exchange, 401, new byte[0]);
            case FAILED -> send(exchange, 500, new byte[0]);
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private void endless(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, 0);
        byte[] zeros = new byte[8192];
        try (OutputStream out = exchange.getResponseBody()) {
            while (!closed) {
                out.write(zeros);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        server.stop(0);
        threads.shutdownNow();
    }
}
