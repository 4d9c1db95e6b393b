package io.gapless.rtsp;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What stands between a recorder and a camera, with a thread for each who waits. */
abstract class LoopbackServer implements AutoCloseable {
    /** Something that ends with an exception when its sockets are closed. */
    interface Work {
        void run() throws IOException;
    }

    private final ServerSocket server;
    private final URI camera;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    LoopbackServer(ServerSocket server, URI camera) {
        this.server = server;
        this.camera = camera;
    }

    /** Called on a thread of the connection's own; from {@link #start} on. */
    abstract void serve(Socket client) throws IOException;

    void start() {
        run("accept", this::accept);
    }

    URI uri(String scheme) {
        return URI.create(
                "%s://127.0.0.1:%d%s".formatted(scheme, server.getLocalPort(), camera.getPath()));
    }

    Socket dialCamera() throws IOException {
        Socket socket = new Socket(camera.getHost(), camera.getPort());
        sockets.add(socket);
        return socket;
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket client = server.accept();
            sockets.add(client);
            run("serve", () -> serve(client));
        }
    }

    static void run(String name, Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException e) {
                                // Closed; there is nobody to tell.
                            }
                        },
                        name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
