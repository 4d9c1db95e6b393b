package io.gapless.archive.blocks;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.hdfs.DFSClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the client's lease while a file is open. The client itself renews it only while it has
 * files of its own (LeaseRenewer); a lease is its holder's and not a file's, so one call is enough
 * for all. A NameNode that does not answer is asked again: it cannot take the lease away meanwhile.
 */
final class LeaseRenewal implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseRenewal.class);

    private final DFSClient client;
    private final Set<BlockFile> files = ConcurrentHashMap.newKeySet();
    private boolean failing;

    LeaseRenewal(DFSClient client) {
        this.client = client;
    }

    void hold(BlockFile file) {
        files.add(file);
    }

    void release(BlockFile file) {
        files.remove(file);
    }

    /** At least once a minute (HdfsConstants.LEASE_SOFTLIMIT_PERIOD). */
    @Override
    public void run() {
        if (files.isEmpty()) {
            return;
        }
        try {
            client.getNamenode().renewLease(client.getClientName(), List.of());
            failing = false;
        } catch (IOException | RuntimeException e) {
            // Whatever it is, the timer must go on.
            if (!failing) {
                LOG.warn("The lease of {} files was not renewed: {}", files.size(), e.toString());
            }
            failing = true;
        }
    }
}
