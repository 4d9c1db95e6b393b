package io.gapless.rtsp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/**
 * A network between a recorder and a camera that can be cut as networks are: connections stay open
 * and nothing comes through them any more, and what is dialled meanwhile is never answered.
 */
final class SilentProxy implements AutoCloseable {
    private final ServerSocket server;
    private final URI camera;
    private final String scheme;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean cut;

    SilentProxy(URI camera) throws IOException {
        this(camera, "rtsp", ServerSocketFactory.getDefault());
    }

    /**
     * @param sockets by which the recorder is met, with TLS perhaps, which the camera has none of
     */
    SilentProxy(URI camera, String scheme, ServerSocketFactory sockets) throws IOException {
        this.camera = camera;
        this.scheme = scheme;
        this.server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        run("proxy", this::accept);
    }

    URI uri() {
        return URI.create(
                "%s://127.0.0.1:%d%s".formatted(scheme, server.getLocalPort(), camera.getPath()));
    }

    void cut() {
        cut = true;
    }

    void heal() {
        cut = false;
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket client = server.accept();
            sockets.add(client);
            if (!cut) {
                Socket upstream = new Socket(camera.getHost(), camera.getPort());
                sockets.add(upstream);
                run("proxy-up", () -> forward(client, upstream));
                run("proxy-down", () -> forward(upstream, client));
            }
        }
    }

    /** What arrives once the network is cut is lost, and so is what is sent ever after. */
    private void forward(Socket from, Socket to) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        boolean broken = false;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            broken |= cut;
            if (!broken) {
                out.write(buffer, 0, n);
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(String name, Work work) {
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
