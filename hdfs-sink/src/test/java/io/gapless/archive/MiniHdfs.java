package io.gapless.archive;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** A real NameNode and DataNodes in this JVM. */
public final class MiniHdfs implements AutoCloseable {
    private final MiniDFSCluster cluster;

    private MiniHdfs(MiniDFSCluster cluster) {
        this.cluster = cluster;
    }

    public static MiniHdfs start(Path directory, int dataNodes) throws IOException {
        return start(directory, dataNodes, Map.of());
    }

    public static MiniHdfs start(Path directory, int dataNodes, Map<String, String> settings)
            throws IOException {
        return new MiniHdfs(
                new MiniDFSCluster.Builder(configuration(dataNodes, settings), directory.toFile())
                        .numDataNodes(dataNodes)
                        .build());
    }

    static Configuration configuration(int dataNodes, Map<String, String> settings) {
        Configuration configuration = new HdfsConfiguration();
        configuration.setInt("dfs.heartbeat.interval", 1);
        configuration.setInt("dfs.namenode.heartbeat.recheck-interval", 1000);
        configuration.setInt("dfs.namenode.safemode.extension", 0);
        configuration.setInt("dfs.replication", dataNodes);
        settings.forEach(configuration::set);
        return configuration;
    }

    public MiniDFSCluster cluster() {
        return cluster;
    }

    public URI root() throws IOException {
        return URI.create(cluster.getFileSystem().getUri() + "/archive");
    }

    /** As a client would have it: it knows nothing of the cluster but its address. */
    public Configuration client() {
        Configuration configuration = new Configuration();
        configuration.setInt("dfs.replication", cluster.getDataNodes().size() > 1 ? 3 : 1);
        return configuration;
    }

    @Override
    public void close() {
        cluster.shutdown(true);
    }
}
