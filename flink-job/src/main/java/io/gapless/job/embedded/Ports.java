package io.gapless.job.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** Finds loopback ports for the processes of {@code nvr up}. */
public final class Ports {
    private Ports() {}

    /**
     * The wanted port, or without one the usual port if it is free and any free one if not.
     *
     * @throws IOException with one sentence if the wanted port is in use
     */
    public static int choose(Optional<Integer> wanted, int usual, String option)
            throws IOException {
        if (wanted.isPresent()) {
            if (wanted.get() < 1 || wanted.get() > 65_535) {
                throw new IOException(
                        "%s must be 1 to 65535, not %d".formatted(option, wanted.get()));
            }
            if (!isFree(wanted.get())) {
                throw new IOException(
                        "port %d is in use; end what uses it or give another %s"
                                .formatted(wanted.get(), option));
            }
            return wanted.get();
        }
        return isFree(usual) ? usual : anyFree();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A port that nobody uses; two processes that ask at once get different ones. */
    public static int anyFree() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
