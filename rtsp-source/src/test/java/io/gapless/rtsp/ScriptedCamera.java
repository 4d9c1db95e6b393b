package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.rtsp.ScriptedConnection.Arrived;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;

/**
 * A camera that behaves as a {@link CameraScript} says, on loopback, and answers as cameras usually
 * do whatever the script does not mention, before and after it is done.
 */
final class ScriptedCamera implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final String BARRIER = "OPTIONS * RTSP/1.0\r\nCSeq: 9000\r\n\r\n";

    private final CameraScript script;
    private final ScriptedClock clock;
    private final String scheme;
    private final ServerSocket server;
    private final ScriptedUdp udp = new ScriptedUdp();
    private final UsualAnswers usual;
    private final LinkedBlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private Optional<ScriptedConnection> connection = Optional.empty();
    private String request = "";
    private volatile long floodedBytes;

    ScriptedCamera(CameraScript script, ScriptedClock clock) throws IOException {
        this(script, clock, "rtsp", ServerSocketFactory.getDefault());
    }

    ScriptedCamera(
            CameraScript script, ScriptedClock clock, String scheme, ServerSocketFactory sockets)
            throws IOException {
        this.script = script;
        this.clock = clock;
        this.scheme = scheme;
        server = sockets.createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server.setReceiveBufferSize(64 * 1024);
        server.setSoTimeout((int) PATIENCE.toMillis());
        usual = new UsualAnswers(uri(), script.descriptionText(), udp);
        Thread thread = new Thread(this::play, "scripted-camera");
        thread.setDaemon(true);
        thread.start();
    }

    URI uri() {
        return URI.create("%s://127.0.0.1:%d/live".formatted(scheme, server.getLocalPort()));
    }

    /** Completes when the script is done and everything sent has been handled. */
    CompletableFuture<Void> done() {
        return done;
    }

    private void play() {
        try {
            for (int i = 0; i < script.steps().size(); i++) {
                perform(script.steps().get(i), script.answers(i));
            }
            barrier();
            done.complete(null);
            while (!server.isClosed()) {
                handleUsually(next());
            }
        } catch (Exception | AssertionError e) {
            done.completeExceptionally(e);
        }
    }

    private void perform(CameraScript.Step step, boolean answered) throws Exception {
        if (step instanceof CameraScript.Await await) {
            await(await.lines(), answered);
        } else if (step instanceof CameraScript.Answer answer) {
            send(usual.fill(String.join("\r\n", answer.lines()) + "\r\n", request));
        } else if (step instanceof CameraScript.Do action) {
            perform(action.what(), action.rest());
        }
    }

    private void perform(String what, String rest) throws Exception {
        switch (what) {
            case "raw" -> connection().send(RtpLine.hex(rest));
            case "text" -> send(usual.fill(escaped(rest), request));
            case "later" -> clock.set(Duration.ofSeconds(Long.parseLong(rest)));
            case "at" -> {
                barrier();
                clock.set(Duration.ofMillis(Math.round(Double.parseDouble(rest) * 1000)));
            }
            case "stream" -> stream(rest);
            case "flood" -> flood(rest);
            case "mute" -> {}
            case "deaf" -> connection().stopReading();
            case "await" -> awaitReport(rest);
            case "hang" -> hangUp();
            default -> sendPackets(what, rest);
        }
    }

    private static String escaped(String text) {
        return text.replace("\\r\\n", "\r\n").replace("\\s", " ");
    }

    /** Until the recorder hangs up. */
    private void flood(String rest) {
        String[] words = rest.split(" ", 2);
        byte[] bytes =
                words[1].startsWith("| ")
                        ? RtpLine.hex(words[1].substring(2))
                        : escaped(words[1]).getBytes(StandardCharsets.UTF_8);
        ScriptedConnection flooded = connection();
        long sent = 0;
        try {
            for (int i = Integer.parseInt(words[0]); i > 0; i--) {
                flooded.send(bytes);
                sent += bytes.length;
            }
        } catch (IOException e) {
            connection = Optional.empty();
        }
        floodedBytes = sent;
    }

    /** How much the last {@code flood} could send. */
    long floodedBytes() {
        return floodedBytes;
    }

    /** A key frame and others, each at its own time. */
    private void stream(String rest) throws Exception {
        List<String> words = List.of(rest.split(" +"));
        double interval = Double.parseDouble(RtpLine.word(words, "every", "0.04"));
        long gop = RtpLine.number(words, "gop", 25);
        for (int i = 0; i < RtpLine.number(words, "count", 1); i++) {
            perform("at", Double.toString(i * interval));
            String picture = i % gop == 0 ? "65 8801" : "41 9a02";
            long time = i * RtpLine.number(words, "step", 3600);
            sendPackets(words.get(0), "rtp seq %d time %d marker | %s".formatted(i, time, picture));
        }
    }

    private void sendPackets(String where, String line) throws Exception {
        boolean interleaved = where.startsWith("$");
        int number = Integer.parseInt(where.substring(interleaved ? 1 : "udp".length()));
        try {
            for (byte[] packet : RtpLine.packets(line)) {
                if (interleaved) {
                    connection().sendFrame(number, packet);
                } else {
                    udp.send(number, packet);
                }
            }
        } catch (SocketException e) {
            connection = Optional.empty(); // the recorder hung up
        }
    }

    private void await(List<String> lines, boolean answered) throws Exception {
        String[] wanted = lines.get(0).split(" ", 2);
        Arrived next = next();
        while (!next.isRequest(wanted[0].equals("*") ? "" : wanted[0])) {
            handleUsually(next);
            next = next();
        }
        request = next.text();
        assertThat(request).matches(glob(lines.get(0)) + "(?s).*");
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith("!")) {
                assertThat(request).doesNotContain(line.substring(1));
            } else {
                assertThat(request.lines()).anyMatch(l -> l.matches(glob(line)));
            }
        }
        usual.remember(request);
        if (!answered) {
            send(usual.answer(request));
        }
    }

    private static String glob(String pattern) {
        return ("\\Q" + pattern + "\\E").replace("*", "\\E.*\\Q");
    }

    private void handleUsually(Arrived what) {
        if (what.isRequest("")) {
            usual.remember(what.text());
            try {
                send(usual.answer(what.text()));
            } catch (IOException e) {
                // The recorder does not wait for the answer to its TEARDOWN; its end arrives, too.
            }
        }
    }

    private void awaitReport(String which) throws Exception {
        if (which.equals("udp-report")) {
            udp.awaitReport();
            return;
        }
        Arrived next = next();
        while (next.kind() != Arrived.Kind.REPORT) {
            handleUsually(next);
            next = next();
        }
    }

    /** Twice with UDP, because its packets may be handled after what came later over TCP. */
    private void barrier() throws Exception {
        for (int i = 0; i < (script.isUdp() ? 2 : 1) && connection.isPresent(); i++) {
            Optional<ScriptedConnection> asked = connection;
            send(BARRIER);
            Arrived next = next();
            while (next.kind() != Arrived.Kind.ANSWER && connection.equals(asked)) {
                handleUsually(next);
                next = next();
            }
        }
    }

    private void hangUp() throws IOException {
        connection().close();
        connection = Optional.empty();
    }

    private void send(String text) throws IOException {
        connection().send(text.getBytes(StandardCharsets.UTF_8));
    }

    private ScriptedConnection connection() {
        return connection.orElseThrow(() -> new AssertionError("not connected"));
    }

    private Arrived next() throws Exception {
        while (true) {
            if (connection.isEmpty()) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                connection = Optional.of(new ScriptedConnection(socket, arrived));
            }
            Arrived next = arrived.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(next).as("what the recorder sends, after %s", request).isNotNull();
            if (next.from() == connection.get() && next.kind() != Arrived.Kind.END) {
                return next;
            } else if (next.from() == connection.get()) {
                hangUp();
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (connection.isPresent()) {
            connection.get().close();
        }
        udp.close();
    }
}
