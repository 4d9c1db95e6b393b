package io.gapless.archive.blocks;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.hadoop.hdfs.DFSClient;
import org.apache.hadoop.hdfs.client.impl.DfsClientConf;
import org.apache.hadoop.hdfs.server.datanode.CachingStrategy;
import org.apache.hadoop.util.DataChecksum;

/**
 * How to talk to DataNodes, as the client's own settings say.
 *
 * @param clientName which holds the leases
 * @param chunkBytes that one checksum is for ({@code dfs.bytes-per-checksum})
 * @param packetBytes whole chunks ({@code dfs.client-write-packet-size})
 * @param packetsInFlight unacknowledged at most ({@code dfs.client.write.max-packets-in-flight})
 * @param timeout of DataNodes ({@code dfs.client.socket-timeout}), half of which is how often they
 *     need a sign of life
 */
record TransferSettings(
        String clientName,
        int chunkBytes,
        int packetBytes,
        int packetsInFlight,
        Duration timeout,
        boolean byHostname,
        boolean noDelay,
        int sendBufferBytes,
        CachingStrategy caching,
        LongSupplier nanoTicker) {

    static TransferSettings of(DFSClient client, LongSupplier nanoTicker) {
        DfsClientConf conf = client.getConf();
        int chunk = conf.getDefaultChecksumOpt().getBytesPerChecksum();
        return new TransferSettings(
                client.getClientName(),
                chunk,
                Math.max(chunk, conf.getWritePacketSize() / chunk * chunk),
                conf.getWriteMaxPackets(),
                Duration.ofMillis(conf.getSocketTimeout()),
                conf.isConnectToDnViaHostname(),
                conf.getDataTransferTcpNoDelay(),
                conf.getSocketSendBufferSize(),
                client.getDefaultWriteCachingStrategy(),
                nanoTicker);
    }

    DataChecksum checksum() {
        return DataChecksum.newDataChecksum(DataChecksum.Type.CRC32C, chunkBytes);
    }

    void apply(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, noDelay);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        if (sendBufferBytes > 0) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, sendBufferBytes);
        }
    }
}
