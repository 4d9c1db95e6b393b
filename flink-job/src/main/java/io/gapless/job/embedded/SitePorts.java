package io.gapless.job.embedded;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who listens where in a small site; chosen once, kept over restarts of the processes. */
final class SitePorts implements AutoCloseable {
    private static final int USUAL_WEB_PORT = 8081;
    private static final int USUAL_RING_PORT = 7400;
    private static final int USUAL_RTSP_PORT = 8554;

    private final Ports ports = new Ports();
    private final Map<Member, Integer> web = new HashMap<>();
    private final Map<Member, Integer> rings = new HashMap<>();
    private final int hdfs;
    private final int hdfsWeb;

    /**
     * @throws IOException with one sentence if a port that the user wants is in use
     */
    SitePorts(Site.Request request, List<Member> replicas) throws IOException {
        try {
            int primary = ports.choose(request.webPort(), USUAL_WEB_PORT, "--web-port");
            web.put(Member.PRIMARY, primary);
            hdfs = HdfsProcess.choosePort(ports, request.hdfsPort());
            hdfsWeb = HdfsProcess.chooseWebPort(ports);
            for (Member replica : replicas) {
                web.put(replica, ports.choose(primary + replica.number()));
                rings.put(replica, ports.choose(USUAL_RING_PORT + replica.number() - 1));
            }
        } catch (IOException e) {
            ports.close();
            throw e;
        }
    }

    int web(Member recorder) {
        return web.get(recorder);
    }

    URI ring(Member replica) {
        return URI.create("http://127.0.0.1:" + rings.get(replica));
    }

    int hdfs() {
        return hdfs;
    }

    int hdfsWeb() {
        return hdfsWeb;
    }

    int chooseRtsp() throws IOException {
        return ports.choose(USUAL_RTSP_PORT);
    }

    @Override
    public void close() throws IOException {
        ports.close();
    }
}
