package io.gapless.rtsp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** The UDP ports of a {@link ScriptedCamera}: two a track, and 9, which it tells nobody of. */
final class ScriptedUdp implements AutoCloseable {
    private static final int SECRET = 9;
    private static final int RECEIVER_REPORT = 201;

    private final Map<Integer, DatagramSocket> sockets = new HashMap<>();
    private final Map<Integer, Integer> recorderPorts = new HashMap<>();

    /** The recorder's ports of a track. */
    void remember(int track, int rtp, int rtcp) {
        recorderPorts.put(2 * track, rtp);
        recorderPorts.put(2 * track + 1, rtcp);
        recorderPorts.putIfAbsent(SECRET, rtp);
    }

    int port(int number) throws IOException {
        return socket(number).getLocalPort();
    }

    private DatagramSocket socket(int number) throws IOException {
        DatagramSocket socket = sockets.get(number);
        if (socket == null) {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            socket.setSoTimeout(25_000);
            sockets.put(number, socket);
        }
        return socket;
    }

    void send(int number, byte[] packet) throws IOException {
        socket(number)
                .send(
                        new DatagramPacket(
                                packet,
                                packet.length,
                                InetAddress.getLoopbackAddress(),
                                recorderPorts.get(number)));
    }

    /** On the first track's second port. */
    void awaitReport() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        do {
            socket(1).receive(packet);
        } while ((packet.getData()[1] & 0xFF) != RECEIVER_REPORT);
    }

    @Override
    public void close() {
        sockets.values().forEach(DatagramSocket::close);
    }
}
