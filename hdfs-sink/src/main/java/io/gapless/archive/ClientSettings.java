package io.gapless.archive;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Settings of the HDFS client, each with its reason in {@code docs/operations.md}. */
final class ClientSettings {
    private static final Map<String, String> DEFAULTS =
            Map.ofEntries(
                    Map.entry("dfs.bytes-per-checksum", "4096"),
                    Map.entry("dfs.client-write-packet-size", "262144"),
                    Map.entry("dfs.client.write.max-packets-in-flight", "16"),
                    Map.entry("dfs.client.block.write.replace-datanode-on-failure.policy", "NEVER"),
                    Map.entry("dfs.client.block.write.locateFollowingBlock.retries", "10"),
                    Map.entry("dfs.client.write.recover.lease.on.close.exception", "true"),
                    Map.entry("dfs.client.retry.policy.enabled", "true"),
                    Map.entry("dfs.client.retry.policy.spec", "2000,30,10000,60"),
                    Map.entry("ipc.client.rpc-timeout.ms", "20000"),
                    Map.entry("ipc.client.connect.timeout", "5000"),
                    Map.entry("ipc.client.connect.max.retries", "3"),
                    Map.entry("ipc.client.connect.max.retries.on.timeouts", "3"));

    /** To learn within seconds, not minutes, that nobody is there. */
    private static final Map<String, String> IMPATIENT =
            Map.of(
                    "dfs.client.retry.policy.enabled", "false",
                    "dfs.client.failover.max.attempts", "3",
                    "dfs.client.failover.sleep.base.millis", "200",
                    "dfs.client.failover.sleep.max.millis", "1000",
                    "ipc.client.rpc-timeout.ms", "10000",
                    "ipc.client.connect.timeout", "3000",
                    "ipc.client.connect.max.retries", "1",
                    "ipc.client.connect.max.retries.on.timeouts", "1");

    private ClientSettings() {}

    /**
     * A file system object of the caller's own. The local one comes without its checksum layer,
     * which holds back what {@code hflush} should show.
     */
    static FileSystem newFileSystem(URI root, Configuration tuned) throws IOException {
        if (!"file".equals(root.getScheme())) {
            return FileSystem.newInstance(root, tuned);
        }
        FileSystem local = new RawLocalFileSystem();
        local.initialize(root, tuned);
        return local;
    }

    /** {@code given} with our defaults wherever it has only Hadoop's. */
    static Configuration tuned(Configuration given) {
        Configuration tuned = new Configuration(given);
        DEFAULTS.forEach(
                (key, value) -> {
                    if (!isSet(given, key)) {
                        tuned.set(key, value);
                    }
                });
        return tuned;
    }

    static Configuration impatient(Configuration tuned) {
        Configuration impatient = new Configuration(tuned);
        IMPATIENT.forEach(impatient::set);
        return impatient;
    }

    private static boolean isSet(Configuration given, String key) {
        String[] sources = given.getPropertySources(key);
        return sources != null
                && sources.length > 0
                && !sources[sources.length - 1].endsWith("-default.xml");
    }
}
