package io.gapless.system.fire;

import io.gapless.job.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A ZooKeeper for the JobManagers: the server that Flink brings along, in a process of its own. */
final class ZooKeeper {
    static final String NAME = "zookeeper";

    private static final String MAIN =
            "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServerMain";

    private final Path directory;
    private final Path project;
    private final int port;

    /**
     * @param host that it binds
     */
    ZooKeeper(Path directory, Path project, String host) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.project = project;
        this.port = FreePort.any();
        Files.writeString(
                directory.resolve("zoo.cfg"),
                """
                tickTime=1000
                dataDir=%s
                clientPort=%d
                clientPortAddress=%s
                maxClientCnxns=0
                admin.enableServer=false
                """
                        .formatted(directory.resolve("data"), port, host));
    }

    int port() {
        return port;
    }

    Process start() throws IOException {
        return JavaProcess.start(
                directory,
                NAME,
                List.of(
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlog4j2.configurationFile="
                                + project.resolve("flink-conf/log4j2.properties")),
                project.resolve("flink-job/target/dist/lib") + "/*",
                MAIN,
                directory.resolve("zoo.cfg").toString());
    }
}
