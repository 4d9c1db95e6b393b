package io.gapless.rtsp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A camera with pictures and sound that sends packets of one track alone, one every 20 ms, and
 * answers nothing any more once it plays.
 */
final class TalkingCamera implements AutoCloseable {
    static final int VIDEO = 0;
    static final int SOUND = 2;

    /** After each answer there is a head like this. */
    private static final String OK = "RTSP/1.0 200 OK\r\nCSeq: %s\r\n";

    private static final String SDP =
            """
            v=0
            m=video 0 RTP/AVP 96
            a=rtpmap:96 H264/90000
            a=control:trackID=1
            m=audio 0 RTP/AVP 8
            a=control:trackID=2
            """
                    .replace("\n", "\r\n");

    final AtomicInteger unanswered = new AtomicInteger();
    final AtomicInteger plays = new AtomicInteger();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int channel;
    private final byte[] nalUnit;

    /**
     * @param nalUnit of each packet
     */
    TalkingCamera(int channel, byte... nalUnit) throws IOException {
        this.channel = channel;
        this.nalUnit = nalUnit;
        run(
                () -> {
                    while (!server.isClosed()) {
                        Socket socket = server.accept();
                        run(() -> converse(socket));
                    }
                });
    }

    URI uri() {
        return URI.create("rtsp://127.0.0.1:%d/live".formatted(server.getLocalPort()));
    }

    private void converse(Socket socket) throws IOException {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            String method = "";
            int tracks = 0;
            boolean plays = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                method = line.endsWith(" RTSP/1.0") ? line.substring(0, line.indexOf(' ')) : method;
                if (!line.startsWith("CSeq: ")) {
                    continue;
                }
                if (plays) {
                    unanswered.incrementAndGet();
                    continue;
                }
                tracks += method.equals("SETUP") ? 1 : 0;
                plays = method.equals("PLAY");
                String answer = OK.formatted(line.substring(6)) + rest(method, tracks);
                socket.getOutputStream().write(answer.getBytes(US_ASCII));
                if (plays) {
                    this.plays.incrementAndGet();
                    run(() -> talk(socket.getOutputStream()));
                }
            }
        }
    }

    private static String rest(String method, int tracks) {
        return switch (method) {
            case "DESCRIBE" -> "Content-Length: %d\r\n\r\n%s".formatted(SDP.length(), SDP);
            case "SETUP" ->
                    "Session: 1;timeout=2\r\nTransport: RTP/AVP/TCP;unicast;interleaved=%d-%d\r\n\r\n"
                            .formatted(2 * tracks - 2, 2 * tracks - 1);
            default -> "\r\n";
        };
    }

    private void talk(OutputStream out) throws IOException {
        for (int i = 1; !server.isClosed(); i++) {
            byte[] packet = new byte[16 + nalUnit.length];
            packet[0] = '$';
            packet[1] = (byte) channel;
            packet[3] = (byte) (12 + nalUnit.length);
            packet[4] = (byte) 0x80;
            packet[5] = (byte) (channel == VIDEO ? 0x80 | 96 : 8);
            packet[6] = (byte) (i >> 8);
            packet[7] = (byte) i;
            packet[9] = (byte) (i >> 4);
            packet[10] = (byte) (i << 4);
            packet[15] = 7;
            System.arraycopy(nalUnit, 0, packet, 16, nalUnit.length);
            out.write(packet);
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException e) {
                                // The other side hung up, or the test is over.
                            }
                        },
                        "talking-camera");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
