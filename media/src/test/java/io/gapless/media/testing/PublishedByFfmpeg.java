package io.gapless.media.testing;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What FFmpeg makes of a file's video as an RTSP client that publishes: its session description and
 * its RTP packets, taken over TCP so that a busy machine loses none.
 *
 * @param description line by line
 */
public record PublishedByFfmpeg(List<String> description, List<byte[]> packets) {
    private static final int PATIENCE_SECONDS = 60;

    public static PublishedByFfmpeg of(Path file, int packetBytes) throws Exception {
        PublishedByFfmpeg published = new PublishedByFfmpeg(new ArrayList<>(), new ArrayList<>());
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(PATIENCE_SECONDS * 1000);
            CompletableFuture<Void> taken =
                    CompletableFuture.runAsync(() -> published.take(server));
            FFmpegTools.ffmpeg(
                    "-i",
                    file.toString(),
                    "-c",
                    "copy",
                    "-strict",
                    "experimental", // so FFmpeg calls its packets of AV1
                    "-f",
                    "rtsp",
                    "-rtsp_transport",
                    "tcp",
                    "-pkt_size",
                    Integer.toString(packetBytes),
                    "rtsp://127.0.0.1:%d/live".formatted(server.getLocalPort()));
            taken.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        return published;
    }

    private void take(ServerSocket server) {
        try (Socket socket = server.accept()) {
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            boolean publishes = true;
            while (publishes) {
                int first = in.readUnsignedByte();
                if (first == '$') {
                    takePacket(in);
                } else {
                    publishes = answer(first, in, socket);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void takePacket(DataInputStream in) throws IOException {
        boolean video = in.readUnsignedByte() == 0;
        byte[] packet = in.readNBytes(in.readUnsignedShort());
        if (video) {
            packets.add(packet);
        }
    }

    /** Whether more is to come: after TEARDOWN, FFmpeg is gone without waiting for an answer. */
    private boolean answer(int first, DataInputStream in, Socket socket) throws IOException {
        StringBuilder request = new StringBuilder().append((char) first);
        while (request.indexOf("\r\n\r\n") < 0) {
            request.append((char) in.readUnsignedByte());
        }
        if (request.indexOf("TEARDOWN") == 0) {
            return false;
        }
        int bodyBytes = Integer.parseInt("0" + field(request, "Content-Length"));
        String body = new String(in.readNBytes(bodyBytes), StandardCharsets.US_ASCII);
        body.lines().forEach(description::add);
        String answer =
                "RTSP/1.0 200 OK\r\nSession: 1\r\nCSeq: %s\r\nTransport: %s\r\n\r\n"
                        .formatted(field(request, "CSeq"), field(request, "Transport"));
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        return true;
    }

    private static String field(CharSequence request, String name) {
        return request.toString()
                .lines()
                .filter(l -> l.startsWith(name + ": "))
                .map(l -> l.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }
}
