package io.gapless.system.fire;

import io.gapless.job.embedded.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.hdfs.protocol.OpenFilesIterator.OpenFilesType;

/**
 * A real HDFS of processes: a NameNode and some DataNodes, each a Java process of the jars that
 * Maven brought, on loopback.
 */
final class HdfsCluster implements AutoCloseable {
    static final String NAME_NODE = "namenode";
    private static final String SERVERS = "org.apache.hadoop.hdfs.server.";

    /** Short, so that a new block is needed while the NameNode is away. */
    private static final String BLOCK_BYTES = Long.toString(16L << 20);

    private final Path directory;
    private final Path project;
    private final int nameNodePort = FreePort.any();
    private final List<DataNodePorts> dataNodePorts = new ArrayList<>();
    private volatile String seen = "nothing";
    private DistributedFileSystem files;

    HdfsCluster(Path directory, Path project, int dataNodes) throws IOException {
        this.directory = directory;
        this.project = project;
        for (int i = 0; i < dataNodes; i++) {
            dataNodePorts.add(new DataNodePorts(FreePort.any(), FreePort.any()));
        }
        for (String pages : List.of("hdfs", "datanode")) {
            // They are looked for, and not found in the jars.
            Files.createDirectories(directory.resolve("conf/webapps").resolve(pages));
        }
        write("core-site.xml", Map.of("fs.defaultFS", "hdfs://127.0.0.1:" + nameNodePort));
        write("hdfs-site.xml", servers());
    }

    static String dataNode(int number) {
        return "datanode-" + number;
    }

    int nameNodePort() {
        return nameNodePort;
    }

    /**
     * What clients need of a DataNode.
     *
     * @param rpc for the length of a block that is being written
     */
    record DataNodePorts(int data, int rpc) {}

    /** Of the first to the last. */
    List<DataNodePorts> dataNodePorts() {
        return dataNodePorts;
    }

    /** All that clients need. */
    List<Integer> ports() {
        List<Integer> ports = new ArrayList<>(List.of(nameNodePort));
        dataNodePorts.forEach(of -> ports.addAll(List.of(of.data(), of.rpc())));
        return ports;
    }

    /** The archive as this process reaches it, without any relay. */
    URI archive() {
        return URI.create("hdfs://127.0.0.1:%d/gapless".formatted(nameNodePort));
    }

    /** What servers and clients must be told alike: see {@code docs/operations.md}. */
    static Map<String, String> bothSides() {
        return Map.of(
                "dfs.client.socket-timeout", "10000",
                "dfs.datanode.socket.write.timeout", "30000",
                "dfs.blocksize", BLOCK_BYTES);
    }

    private Map<String, String> servers() {
        Map<String, String> settings = new TreeMap<>(bothSides());
        settings.put("dfs.namenode.rpc-address", "127.0.0.1:" + nameNodePort);
        settings.put("dfs.namenode.http-address", "127.0.0.1:0");
        settings.put("dfs.namenode.name.dir", directory.resolve("name").toUri().toString());
        settings.put("dfs.namenode.datanode.registration.ip-hostname-check", "false");
        settings.put("dfs.namenode.safemode.extension", "0");
        settings.put("dfs.namenode.avoid.write.stale.datanode", "true");
        settings.put("dfs.namenode.avoid.read.stale.datanode", "true");
        settings.put("dfs.namenode.stale.datanode.interval", "10000");
        settings.put("dfs.permissions.enabled", "false");
        settings.put("dfs.namenode.fs-limits.min-block-size", "1048576");
        return settings;
    }

    private void write(String file, Map<String, String> settings) throws IOException {
        Configuration configuration = new Configuration(false);
        settings.forEach(configuration::set);
        try (var out = Files.newOutputStream(directory.resolve("conf").resolve(file))) {
            configuration.writeXml(out);
        }
    }

    void format() throws IOException, InterruptedException {
        Process process =
                server("format", "namenode.NameNode", "-format", "-force", "-nonInteractive");
        if (process.waitFor() != 0) {
            throw new IOException("formatting failed, see " + directory.resolve("format.out"));
        }
    }

    Process startNameNode() throws IOException {
        return server(NAME_NODE, "namenode.NameNode");
    }

    /** {@code data} is where it keeps its blocks. */
    Process startDataNode(int number, Path data) throws IOException {
        DataNodePorts ports = dataNodePorts.get(number - 1);
        return server(
                dataNode(number),
                "datanode.DataNode",
                "-Ddfs.datanode.data.dir=" + data.toUri(),
                "-Ddfs.datanode.hostname=" + dataNode(number),
                "-Ddfs.datanode.address=127.0.0.1:" + ports.data(),
                "-Ddfs.datanode.http.address=127.0.0.1:0",
                "-Ddfs.datanode.ipc.address=127.0.0.1:" + ports.rpc());
    }

    private Process server(String name, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(SERVERS + main));
        command.addAll(List.of(arguments));
        Path dist = project.resolve("flink-job/target/dist");
        return JavaProcess.start(
                directory,
                name,
                List.of(
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlog4j2.configurationFile="
                                + project.resolve("flink-conf/log4j2.properties")),
                directory.resolve("conf")
                        + ":"
                        + dist.resolve("lib/*")
                        + ":"
                        + dist.resolve("embedded/*"),
                command.toArray(String[]::new));
    }

    /** Whether it takes files now, with all its DataNodes. */
    boolean isReady() {
        try {
            var live = client().getDataNodeStats(HdfsConstants.DatanodeReportType.LIVE);
            boolean safeMode = client().isInSafeMode();
            seen =
                    "%d of %d DataNodes%s"
                            .formatted(
                                    live.length,
                                    dataNodePorts.size(),
                                    safeMode ? ", in safe mode" : "");
            return live.length == dataNodePorts.size() && !safeMode;
        } catch (IOException e) {
            seen = e.toString();
            return false;
        }
    }

    /** What {@link #isReady} saw last, for people. */
    String seen() {
        return seen;
    }

    /** Lets the archive grow by so many bytes, all copies together, and no more. */
    void limit(long moreBytes) throws IOException {
        var root = new org.apache.hadoop.fs.Path(archive());
        long used = client().getContentSummary(root).getSpaceConsumed();
        client().setQuota(root, HdfsConstants.QUOTA_DONT_SET, used + moreBytes);
    }

    void liftLimit() throws IOException {
        var root = new org.apache.hadoop.fs.Path(archive());
        client().setQuota(root, HdfsConstants.QUOTA_DONT_SET, HdfsConstants.QUOTA_RESET);
    }

    /** Files that somebody holds a lease of. */
    int openFiles() throws IOException {
        var open = client().listOpenFiles(EnumSet.of(OpenFilesType.ALL_OPEN_FILES), "/");
        int count = 0;
        while (open.hasNext()) {
            open.next();
            count++;
        }
        return count;
    }

    private synchronized DistributedFileSystem client() throws IOException {
        if (files == null) {
            Configuration impatient = new Configuration();
            impatient.setInt("ipc.client.connect.max.retries", 0);
            impatient.setInt("ipc.client.rpc-timeout.ms", 5_000);
            files = (DistributedFileSystem) FileSystem.newInstance(archive(), impatient);
        }
        return files;
    }

    @Override
    public void close() throws IOException {
        if (files != null) {
            files.close();
        }
    }
}
