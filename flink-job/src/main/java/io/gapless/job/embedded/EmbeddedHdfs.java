package io.gapless.job.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DFSConfigKeys;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.server.common.HdfsServerConstants;
import org.apache.hadoop.hdfs.server.datanode.DataNode;
import org.apache.hadoop.hdfs.server.namenode.NameNode;
import org.apache.hadoop.metrics2.lib.DefaultMetricsSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real NameNode and a real DataNode in one process, bound to loopback, that keep their data in
 * {@link DataDirectory#hdfs()}. The first start formats; a later one goes on with what is there.
 */
final class EmbeddedHdfs {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedHdfs.class);
    private static final String LOOPBACK = "127.0.0.1";

    /** An open block reserves its whole size on disk (HDFS-8072), so blocks are small here. */
    private static final long BLOCK_BYTES = 16L << 20;

    private static final List<String> PORTS_OF_NO_INTEREST =
            List.of(
                    DFSConfigKeys.DFS_DATANODE_ADDRESS_KEY,
                    DFSConfigKeys.DFS_DATANODE_HTTP_ADDRESS_KEY,
                    DFSConfigKeys.DFS_DATANODE_IPC_ADDRESS_KEY);

    private EmbeddedHdfs() {}

    /** Serves until the parent ends, and writes the address file once it is ready. */
    static void serve(DataDirectory data, int rpcPort, int webPort) throws IOException {
        // Formatting and serving both register the same sources of metrics.
        DefaultMetricsSystem.setMiniClusterMode(true);
        Files.deleteIfExists(data.hdfsAddressFile());
        HdfsConfiguration configuration = configuration(data.hdfs(), rpcPort, webPort);
        if (!Files.exists(data.hdfs().resolve("name/current/VERSION"))) {
            HdfsServerConstants.StartupOption.FORMAT.setForceFormat(true);
            NameNode.format(configuration);
        }
        NameNode nameNode = NameNode.createNameNode(new String[0], configuration);
        DataNode dataNode = DataNode.createDataNode(new String[0], configuration);
        ParentWatch.start(() -> stop(data, nameNode, dataNode));
        Poll.until(
                () ->
                        nameNode.getNamesystem().getNumLiveDataNodes() > 0
                                && !nameNode.isInSafeMode());
        DataDirectory.writeLine(data.hdfsAddressFile(), uri(rpcPort).toString());
        LOG.info("HDFS keeps {} and listens on {}", data.hdfs(), nameNode.getNameNodeAddress());
        nameNode.join();
    }

    private static URI uri(int rpcPort) {
        return URI.create("hdfs://%s:%d".formatted(LOOPBACK, rpcPort));
    }

    private static void stop(DataDirectory data, NameNode nameNode, DataNode dataNode) {
        try {
            Files.deleteIfExists(data.hdfsAddressFile());
        } catch (IOException e) {
            LOG.warn("cannot delete {}", data.hdfsAddressFile(), e);
        }
        dataNode.shutdown();
        nameNode.stop();
        System.exit(0);
    }

    private static HdfsConfiguration configuration(Path directory, int rpcPort, int webPort) {
        HdfsConfiguration conf = new HdfsConfiguration();
        conf.set(FileSystem.FS_DEFAULT_NAME_KEY, uri(rpcPort).toString());
        conf.set(
                DFSConfigKeys.DFS_NAMENODE_NAME_DIR_KEY,
                directory.resolve("name").toUri().toString());
        conf.set(
                DFSConfigKeys.DFS_DATANODE_DATA_DIR_KEY,
                directory.resolve("data").toUri().toString());
        conf.set(DFSConfigKeys.DFS_NAMENODE_RPC_ADDRESS_KEY, LOOPBACK + ":" + rpcPort);
        conf.set(DFSConfigKeys.DFS_NAMENODE_HTTP_ADDRESS_KEY, LOOPBACK + ":" + webPort);
        PORTS_OF_NO_INTEREST.forEach(key -> conf.set(key, LOOPBACK + ":0"));
        conf.setInt(DFSConfigKeys.DFS_REPLICATION_KEY, 1);
        conf.setLong(DFSConfigKeys.DFS_BLOCK_SIZE_KEY, BLOCK_BYTES);
        // One DataNode has nobody to wait for.
        conf.setInt(DFSConfigKeys.DFS_NAMENODE_SAFEMODE_EXTENSION_KEY, 0);
        conf.setBoolean(DFSConfigKeys.DFS_PERMISSIONS_ENABLED_KEY, false);
        conf.set("hadoop.tmp.dir", directory.resolve("tmp").toString());
        return conf;
    }
}
