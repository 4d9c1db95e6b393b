package io.gapless.rtsp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import javax.net.ServerSocketFactory;

/**
 * A network between a recorder and a camera that can be cut as networks are: connections stay open
 * and nothing comes through them any more, and what is dialled meanwhile is never answered.
 */
final class SilentProxy extends LoopbackServer {
    private final String scheme;
    private volatile boolean cut;

    SilentProxy(URI camera) throws IOException {
        this(camera, "rtsp", ServerSocketFactory.getDefault());
    }

    /**
     * @param sockets by which the recorder is met, with TLS perhaps, which the camera has none of
     */
    SilentProxy(URI camera, String scheme, ServerSocketFactory sockets) throws IOException {
        super(sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress()), camera);
        this.scheme = scheme;
        start();
    }

    URI uri() {
        return uri(scheme);
    }

    void cut() {
        cut = true;
    }

    void heal() {
        cut = false;
    }

    @Override
    void serve(Socket client) throws IOException {
        if (!cut) {
            Socket upstream = dialCamera();
            run("proxy-up", () -> forward(client, upstream));
            forward(upstream, client);
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
}
