package io.gapless.archive.blocks;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.hadoop.hdfs.protocol.DatanodeInfo;

/**
 * DataNodes that failed of late, which new blocks avoid. The NameNode takes minutes to miss a dead
 * one and never misses one that is ill. Any thread.
 */
final class ExcludedNodes {
    /** For which replicas may be given up: a DataNode that restarts is away for about as long. */
    private static final Duration DEAR = Duration.ofMinutes(1);

    private final Map<DatanodeInfo, Long> failedNanos = new ConcurrentHashMap<>();
    private final Duration expiry;
    private final LongSupplier nanoTicker;

    /**
     * @param expiry after which a DataNode is tried again ({@code
     *     dfs.client.write.exclude.nodes.cache.expiry.interval.millis})
     */
    ExcludedNodes(Duration expiry, LongSupplier nanoTicker) {
        this.expiry = expiry;
        this.nanoTicker = nanoTicker;
    }

    void add(Collection<DatanodeInfo> suspects) {
        suspects.forEach(node -> failedNanos.put(node, nanoTicker.getAsLong()));
    }

    DatanodeInfo[] now() {
        forget(expiry);
        return failedNanos.keySet().toArray(DatanodeInfo[]::new);
    }

    /** There are too few others: who failed a while ago is to be tried again. */
    void tooMany() {
        forget(DEAR);
    }

    private void forget(Duration age) {
        long now = nanoTicker.getAsLong();
        failedNanos.values().removeIf(failed -> now - failed > age.toNanos());
    }
}
