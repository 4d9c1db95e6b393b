package io.gapless.system.fire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP port that leads to another one, by a {@link Link} that can be cut and slowed. While it is
 * cut, connections stay, nothing gets through, and connecting takes for ever: as behind a switch
 * without power, no side is told anything.
 */
final class Relay implements AutoCloseable {
    private static final int BACKLOG = 8;
    private static final int BUFFER_BYTES = 1 << 15;
    private static final int CONNECT_MILLIS = 5_000;

    private final Link link;
    private final InetSocketAddress target;
    private final ServerSocket listening;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<SocketChannel> plugs = new ArrayList<>();

    Relay(Link link, InetSocketAddress listen, InetSocketAddress target) throws IOException {
        this.link = link;
        this.target = target;
        this.listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(listen, BACKLOG);
        start("accept", this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    int port() {
        return listening.getLocalPort();
    }

    /** After the link was cut: fills the queue of new connections, so that more of them hang. */
    synchronized void plug() throws IOException {
        for (int i = 0; i < 2 * BACKLOG; i++) {
            SocketChannel plug = SocketChannel.open();
            plug.configureBlocking(false);
            plug.connect(listening.getLocalSocketAddress());
            plugs.add(plug);
        }
    }

    /** Before the link is healed. */
    synchronized void unplug() throws IOException {
        for (SocketChannel plug : plugs) {
            plug.close();
        }
        plugs.clear();
    }

    private void accept() throws IOException, InterruptedException {
        while (!listening.isClosed()) {
            Socket client = listening.accept();
            sockets.add(client);
            start("connect", () -> connect(client));
            link.awaitOpen();
        }
    }

    private void connect(Socket client) throws IOException, InterruptedException {
        link.awaitOpen();
        Socket server = new Socket();
        sockets.add(server);
        try {
            server.connect(target, CONNECT_MILLIS);
        } catch (IOException e) {
            close(client);
            close(server);
            return;
        }
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        start("up", () -> forward(client, server));
        start("down", () -> forward(server, client));
    }

    private void forward(Socket from, Socket to) throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int count = in.read(buffer);
            while (count >= 0) {
                link.pass(count);
                out.write(buffer, 0, count);
                count = in.read(buffer);
            }
            link.awaitOpen();
            to.shutdownOutput();
            from.shutdownInput();
            if (from.isOutputShutdown()) {
                close(from);
                close(to);
            }
        } catch (IOException e) {
            link.awaitOpen();
            close(from);
            close(to);
        }
    }

    private void close(Socket socket) throws IOException {
        sockets.remove(socket);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        unplug();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void start(String what, Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException e) {
                                // The connection, or the relay, has ended.
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "relay %s %s".formatted(link.name(), what));
        thread.setDaemon(true);
        thread.start();
    }
}
