package io.gapless.job.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How to start, and find, the embedded HDFS of a data directory. */
public final class HdfsProcess {
    private static final int USUAL_PORT = 8020;
    private static final int USUAL_WEB_PORT = 9870;
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    /** A NameNode writes its last edits when asked to stop. */
    public static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private static final int CONNECT_MILLIS = 2_000;
    private static final String ARCHIVE_PATH = "/gapless";

    private HdfsProcess() {}

    /**
     * @param port of the NameNode's RPC
     * @param webPort of its web server, which tells of its progress
     */
    static Supervisor.Launch launch(int port, int webPort) {
        return new Supervisor.Launch(
                Member.HDFS,
                List.of("-Xmx512m", "-XX:+UseSerialGC"),
                List.of(Integer.toString(port), Integer.toString(webPort)),
                STOP_PATIENCE,
                Optional.of(
                        new HttpProgress(
                                URI.create("http://127.0.0.1:" + webPort),
                                new HdfsHeartbeats(port))));
    }

    static int choosePort(Ports ports, Optional<Integer> wanted) throws IOException {
        return ports.choose(wanted, USUAL_PORT, "--hdfs-port");
    }

    static int chooseWebPort(Ports ports) throws IOException {
        return ports.choose(USUAL_WEB_PORT);
    }

    /** For a short time only, so any port will do. */
    public static Supervisor.Launch launchAnywhere() throws IOException {
        return launch(FreePort.any(), FreePort.any());
    }

    /** The archive's root in a running embedded HDFS; absent if none runs. */
    public static Optional<URI> archive(DataDirectory data) {
        return DataDirectory.readLine(data.hdfsAddressFile())
                .map(URI::create)
                .filter(HdfsProcess::answers)
                .map(address -> address.resolve(ARCHIVE_PATH));
    }

    /**
     * Waits until the embedded HDFS can be read and written.
     *
     * @throws IOException with one sentence if the process ends or takes too long
     */
    public static URI awaitArchive(DataDirectory data, ChildProcess process) throws IOException {
        Poll.until(START_LIMIT, () -> !process.isAlive() || archive(data).isPresent());
        return archive(data)
                .orElseThrow(
                        () ->
                                new IOException(
                                        "the embedded HDFS did not start; its log is "
                                                + data.log(Member.HDFS)));
    }

    private static boolean answers(URI address) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
