package io.gapless.rtsp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An RTSP server that answers by a script: to each method its replies in turn, the last one again
 * and again. {@code $CSEQ} becomes the request's number, {@code $SDP} a description of one H.264
 * stream. A reply is followed by what was asked to be {@link #sendAfter sent after} it.
 */
final class ScriptedCamera implements AutoCloseable {
    private static final String OK = "RTSP/1.0 200 OK\nCSeq: $CSEQ\n";
    private static final String SDP =
            "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:trackID=1\r\n";

    private final ServerSocket server;
    private final Map<String, List<String>> replies = new ConcurrentHashMap<>();
    private final Map<String, byte[]> after = new ConcurrentHashMap<>();
    private final Map<String, byte[]> before = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    ScriptedCamera() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        on("OPTIONS", "RTSP/1.0 200 OK\nCSeq: $CSEQ\nPublic: DESCRIBE, SETUP, PLAY\n\n");
        on("DESCRIBE", "RTSP/1.0 200 OK\nCSeq: $CSEQ\nContent-Type: application/sdp\n$SDP");
        on("SETUP", OK + "Session: 1\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\n\n");
        on("PLAY", "RTSP/1.0 200 OK\nCSeq: $CSEQ\nSession: 1\n\n");
        on("TEARDOWN", "RTSP/1.0 200 OK\nCSeq: $CSEQ\n\n");
        Thread thread = new Thread(this::serve, "scripted-camera");
        thread.setDaemon(true);
        thread.start();
    }

    ScriptedCamera on(String method, String... inTurn) {
        replies.put(method, new CopyOnWriteArrayList<>(inTurn));
        return this;
    }

    ScriptedCamera sendAfter(String method, byte[] bytes) {
        after.put(method, bytes);
        return this;
    }

    ScriptedCamera sendBefore(String method, byte[] bytes) {
        before.put(method, bytes);
        return this;
    }

    URI uri() {
        return URI.create("rtsp://127.0.0.1:%d/live".formatted(server.getLocalPort()));
    }

    /** Each request's lines, joined. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** An access unit of one packet, as an interleaved frame. */
    static byte[] frame(int channel, int sequence, int timestamp) {
        return new byte[] {
            '$',
            (byte) channel,
            0,
            15,
            (byte) 0x80,
            (byte) 0xE0,
            0,
            (byte) sequence,
            0,
            0,
            0,
            (byte) timestamp,
            0,
            0,
            0,
            7,
            0x65,
            (byte) 0x88,
            1
        };
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                converse(socket);
            } catch (IOException e) {
                // The recorder hung up, or the test is over; the loop's condition tells which.
            }
        }
    }

    private void converse(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder request = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (!line.isEmpty()) {
                request.append(line).append('\n');
            } else if (!answer(request.toString(), socket.getOutputStream())) {
                return;
            } else {
                request.setLength(0);
            }
        }
    }

    /** An empty reply hangs up. */
    private boolean answer(String request, OutputStream out) throws IOException {
        requests.add(request);
        String method = request.substring(0, request.indexOf(' '));
        List<String> inTurn = replies.getOrDefault(method, List.of(""));
        String reply = inTurn.size() > 1 ? inTurn.remove(0) : inTurn.get(0);
        String number = request.replaceAll("(?s).*CSeq: (\\d+).*", "$1");
        String sdp = "Content-Length: " + SDP.length() + "\n\n" + SDP;
        String text =
                reply.replace("$SDP", sdp)
                        .replace("$CSEQ", number)
                        .replace("\r\n", "\n")
                        .replace("\n", "\r\n");
        out.write(before.getOrDefault(method, new byte[0]));
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.write(after.getOrDefault(method, new byte[0]));
        out.flush();
        return !reply.isEmpty();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
