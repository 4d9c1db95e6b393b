package io.gapless.job.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The loopback ports of one {@code nvr up}. Seconds pass between choosing a port and the process
 * that listens on it; meanwhile a locked file keeps other sites of this machine off it. One thread.
 */
final class Ports implements AutoCloseable {
    private static final int LAST = 65_535;

    private final Map<Integer, FileChannel> reservations = new HashMap<>();

    /**
     * The wanted port, or without one the usual port or the next free one after it.
     *
     * @param option that names the wanted port on the command line
     * @throws IOException with one sentence if the wanted port is in use or none
     */
    int choose(Optional<Integer> wanted, int usual, String option) throws IOException {
        return wanted.isPresent() ? require(wanted.get(), option) : choose(usual);
    }

    private int require(int port, String option) throws IOException {
        if (port < 1 || port > LAST) {
            throw new IOException("%s must be 1 to %d, not %d".formatted(option, LAST, port));
        }
        if (isFree(port) && reserve(port)) {
            return port;
        }
        throw new IOException(
                "port %d is in use; end what uses it or give another %s".formatted(port, option));
    }

    /**
     * The usual port, or the next one after it that is free. None that the kernel picks: it may
     * have given that to somebody's connection by the time the process is restarted.
     */
    int choose(int usual) throws IOException {
        for (int port = usual; port <= LAST; port++) {
            if (isFree(port) && reserve(port)) {
                return port;
            }
        }
        throw new IOException("no port from %d on is free".formatted(usual));
    }

    @Override
    public void close() throws IOException {
        for (FileChannel reservation : reservations.values()) {
            reservation.close();
        }
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

    private boolean reserve(int port) throws IOException {
        if (reservations.containsKey(port)) {
            return false;
        }
        Path file =
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "gapless-port-%d.lock".formatted(port));
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return false;
        }
        reservations.put(port, channel);
        return true;
    }
}
