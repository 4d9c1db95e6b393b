package io.gapless.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A client on a bare socket, to see each byte that is sent. */
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final int port;
    private int cseq;

    RawClient(int port) throws IOException {
        this.port = port;
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    void send(String method, String uri, String headers) throws IOException {
        String request =
                "%s %s RTSP/1.0\r\nCSeq: %d\r\n%s\r\n".formatted(method, uri, ++cseq, headers);
        socket.getOutputStream().write(request.getBytes(UTF_8));
    }

    /** Sends a request and returns head and body of the reply. */
    String request(String method, String uri, String headers) throws IOException {
        send(method, uri, headers);
        StringBuilder reply = new StringBuilder();
        while (reply.indexOf("\r\n\r\n") < 0) {
            reply.append((char) in.readUnsignedByte());
        }
        int length = reply.indexOf("Content-Length: ");
        if (length >= 0) {
            int end = reply.indexOf("\r", length);
            byte[] body = new byte[Integer.parseInt(reply.substring(length + 16, end))];
            in.readFully(body);
            reply.append(new String(body, UTF_8));
        }
        return reply.toString();
    }

    /** Sets the video up over TCP and plays it. */
    void play(String path) throws IOException {
        String uri = "rtsp://127.0.0.1:%d/%s".formatted(port, path);
        String transport = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n";
        assertThat(request("SETUP", uri + "/trackID=1", transport)).startsWith("RTSP/1.0 200 ");
        assertThat(request("PLAY", uri, "Session: x\r\n")).startsWith("RTSP/1.0 200 ");
    }

    /** Reads one interleaved packet, prefix included. */
    byte[] readInterleaved() throws IOException {
        assertThat(in.readUnsignedByte()).isEqualTo('$');
        int channel = in.readUnsignedByte();
        byte[] packet = new byte[4 + in.readUnsignedShort()];
        packet[0] = '$';
        packet[1] = (byte) channel;
        in.readFully(packet, 4, packet.length - 4);
        return packet;
    }

    /** Reads packets until something else comes; false if nothing else does for 200 packets. */
    boolean readGarbage() throws IOException {
        for (int i = 0; i < 200; i++) {
            in.mark(1);
            if (in.readUnsignedByte() != '$') {
                return true;
            }
            in.reset();
            readInterleaved();
        }
        return false;
    }

    /** Reads until nothing comes for so long and says how many bytes came. */
    int readUntilSilent(Duration silence) throws IOException {
        socket.setSoTimeout((int) silence.toMillis());
        int bytes = 0;
        try {
            while (in.read() >= 0) {
                bytes++;
            }
            throw new IOException("connection closed");
        } catch (SocketTimeoutException e) {
            return bytes;
        }
    }

    /** Whether the server closes the connection, now or within the socket's time-out. */
    boolean isClosedByServer() throws IOException {
        while (in.read() >= 0) {
            // what was sent before
        }
        return true;
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
