package io.gapless.rtsp;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Queue;

/** The camera's side of one connection: a thread takes apart what the recorder sends. */
final class ScriptedConnection implements AutoCloseable {
    /** Something that the recorder sent. */
    record Arrived(ScriptedConnection from, Kind kind, String text) {
        enum Kind {
            REQUEST,
            ANSWER,
            REPORT,
            END
        }

        /** Whether it is a request, of this method if there is one. */
        boolean isRequest(String method) {
            return kind == Kind.REQUEST && text.startsWith(method);
        }
    }

    private static final int RECEIVER_REPORT = 201;

    private final Socket socket;
    private final Queue<Arrived> arrived;
    private volatile boolean deaf;

    ScriptedConnection(Socket socket, Queue<Arrived> arrived) {
        this.socket = socket;
        this.arrived = arrived;
        Thread thread = new Thread(this::read, "scripted-camera-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try {
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            for (int first = in.read(); first >= 0 && !deaf; first = in.read()) {
                if (first == '$') {
                    frame(in);
                } else {
                    message(first, in);
                }
            }
        } catch (IOException e) {
            // The connection ended, one way or another.
        }
        if (!deaf) {
            arrived.add(new Arrived(this, Arrived.Kind.END, ""));
        }
    }

    /** From the next message on. */
    void stopReading() {
        deaf = true;
    }

    private void frame(DataInputStream in) throws IOException {
        in.readByte();
        byte[] packet = new byte[in.readUnsignedShort()];
        in.readFully(packet);
        if ((packet[1] & 0xFF) == RECEIVER_REPORT) {
            arrived.add(new Arrived(this, Arrived.Kind.REPORT, ""));
        }
    }

    private void message(int first, DataInputStream in) throws IOException {
        StringBuilder text = new StringBuilder().append((char) first);
        while (!text.toString().endsWith("\r\n\r\n")) {
            text.append((char) in.readUnsignedByte());
        }
        String message = text.toString().replace("\r\n", "\n");
        boolean answer = message.startsWith("RTSP/");
        arrived.add(
                new Arrived(this, answer ? Arrived.Kind.ANSWER : Arrived.Kind.REQUEST, message));
    }

    void sendFrame(int channel, byte[] packet) throws IOException {
        byte[] frame = new byte[4 + packet.length];
        frame[0] = '$';
        frame[1] = (byte) channel;
        frame[2] = (byte) (packet.length >> 8);
        frame[3] = (byte) packet.length;
        System.arraycopy(packet, 0, frame, 4, packet.length);
        send(frame);
    }

    void send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
