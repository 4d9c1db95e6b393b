package io.gapless.archive.blocks;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DFSClient;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.UnknownCryptoProtocolVersionException;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.util.DataChecksum;

/**
 * Creates files of HDFS beside the stock client, whose connection to the NameNode, name and
 * settings it uses. Two threads for any number of files: one looks after open blocks, one renews
 * the lease. Any thread.
 */
public final class BlockClient implements AutoCloseable {
    private static final Duration WATCH = Duration.ofSeconds(1);

    /** As the stock client: twice within the soft limit of a lease. */
    private static final Duration RENEWAL = Duration.ofSeconds(30);

    private final DFSClient client;
    private final BlockPlacement placement;
    private final LeaseRenewal lease;
    private final ScheduledThreadPoolExecutor timer;

    private BlockClient(DFSClient client, LongSupplier nanoTicker) {
        PipelineWatch watch = new PipelineWatch();
        Duration expiry = Duration.ofMillis(client.getConf().getExcludedNodesCacheExpiry());
        this.client = client;
        this.placement =
                new BlockPlacement(
                        TransferSettings.of(client, nanoTicker),
                        new ExcludedNodes(expiry, nanoTicker),
                        watch);
        this.lease = new LeaseRenewal(client);
        this.timer = new ScheduledThreadPoolExecutor(2, BlockClient::thread);
        every(WATCH, watch);
        every(RENEWAL, lease);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "archive-blocks");
        thread.setDaemon(true);
        return thread;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // runs until the timer is shut down
    private void every(Duration interval, Runnable task) {
        timer.scheduleWithFixedDelay(
                task, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * @return nothing if only the stock client can write there: another file system, Kerberos,
     *     encrypted or signed data transfer, checksums other than CRC32C
     * @throws IOException if the NameNode cannot be asked
     */
    public static Optional<BlockClient> on(FileSystem fileSystem, LongSupplier nanoTicker)
            throws IOException {
        return fileSystem.getClass() == DistributedFileSystem.class
                        && isPlain((DistributedFileSystem) fileSystem)
                ? Optional.of(
                        new BlockClient(
                                ((DistributedFileSystem) fileSystem).getClient(), nanoTicker))
                : Optional.empty();
    }

    private static boolean isPlain(DistributedFileSystem hdfs) throws IOException {
        DFSClient client = hdfs.getClient();
        return !UserGroupInformation.isSecurityEnabled()
                && hdfs.getConf().get("dfs.data.transfer.protection", "").isEmpty()
                && !client.getServerDefaults().getEncryptDataTransfer()
                && client.getConf().getDefaultChecksumOpt().getChecksumType()
                        == DataChecksum.Type.CRC32C;
    }

    /**
     * Creates a file and the directories above it; fails if it exists.
     *
     * @return nothing, and no file, in an encryption zone
     */
    public Optional<BlockFile> create(Path path, short replication, long blockBytes)
            throws IOException {
        try {
            FileUnderConstruction file =
                    FileUnderConstruction.create(
                            client, path.toUri().getPath(), replication, blockBytes);
            return Optional.of(new BlockFile(file, blockBytes, placement, lease));
        } catch (UnknownCryptoProtocolVersionException e) {
            return Optional.empty();
        }
    }

    /** Ends the threads; files must have been closed. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
