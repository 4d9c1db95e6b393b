package io.gapless.archive;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.MiniDFSNNTopology;
import org.apache.hadoop.hdfs.server.namenode.NameNode;
import org.apache.hadoop.hdfs.server.namenode.NameNodeAdapter;
import org.apache.hadoop.hdfs.server.namenode.ha.ConfiguredFailoverProxyProvider;

/**
 * HDFS with two NameNodes, the first of which is active at first. Its clients know both, and are
 * told of one name. One thread at a time.
 */
public final class HdfsPair implements AutoCloseable {
    private static final String NAME = "pair";

    private final MiniDFSCluster cluster;
    private final List<InetSocketAddress> addresses;
    private int active;

    private HdfsPair(MiniDFSCluster cluster) {
        this.cluster = cluster;
        this.addresses =
                List.of(
                        cluster.getNameNode(0).getNameNodeAddress(),
                        cluster.getNameNode(1).getNameNodeAddress());
    }

    public static HdfsPair start(Path directory, int dataNodes, Map<String, String> settings)
            throws IOException {
        Configuration configuration = MiniHdfs.configuration(dataNodes, settings);
        configuration.setInt("dfs.ha.tail-edits.period", 1);
        // So long a DataNode that is shut down still asks for a NameNode that is dead.
        configuration.setInt("ipc.client.connect.max.retries", 1);
        HdfsPair pair =
                new HdfsPair(
                        new MiniDFSCluster.Builder(configuration, directory.toFile())
                                .nnTopology(MiniDFSNNTopology.simpleHATopology())
                                .numDataNodes(dataNodes)
                                .build());
        pair.cluster.transitionToActive(0);
        pair.cluster.waitActive(0);
        pair.cluster.waitActive(1);
        return pair;
    }

    public NameNode active() {
        return cluster.getNameNode(active);
    }

    public URI root() {
        return URI.create("hdfs://" + NAME + "/archive");
    }

    /** As a client would have it: it knows both addresses and not which one is active. */
    public Configuration client() {
        return client(addresses.get(0), addresses.get(1));
    }

    public InetSocketAddress addressOfSecond() {
        return addresses.get(1);
    }

    /** A client that is told of these addresses, and asks the first one first. */
    public Configuration client(InetSocketAddress first, InetSocketAddress second) {
        Configuration client = new Configuration();
        client.set("dfs.nameservices", NAME);
        client.set("dfs.ha.namenodes." + NAME, "nn1,nn2");
        client.set("dfs.namenode.rpc-address." + NAME + ".nn1", address(first));
        client.set("dfs.namenode.rpc-address." + NAME + ".nn2", address(second));
        client.set(
                "dfs.client.failover.proxy.provider." + NAME,
                ConfiguredFailoverProxyProvider.class.getName());
        client.setBoolean("dfs.client.failover.random.order", false);
        client.setInt("dfs.replication", Math.min(3, cluster.getDataNodes().size()));
        return client;
    }

    private static String address(InetSocketAddress of) {
        return of.getAddress().getHostAddress() + ":" + of.getPort();
    }

    /** In good order: the active one becomes the standby. */
    public void failOver() throws IOException {
        cluster.transitionToStandby(active);
        takeOver();
    }

    /** As by SIGKILL: what it was writing into the shared edits stays without an end. */
    public void killActive() {
        NameNodeAdapter.abortEditLogs(active());
        cluster.shutdownNameNode(active);
    }

    /** The other one becomes active. */
    public void takeOver() throws IOException {
        active = 1 - active;
        cluster.transitionToActive(active);
    }

    @Override
    public void close() {
        cluster.shutdown(true);
    }
}
