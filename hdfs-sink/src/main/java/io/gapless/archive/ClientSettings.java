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
                    Map.entry("ipc.client.rpc-timeout.ms", "10000"),
                    Map.entry("ipc.client.connect.timeout", "5000"),
                    Map.entry("ipc.client.connect.max.retries", "3"),
                    Map.entry("ipc.client.connect.max.retries.on.timeouts", "3"));

    /** Patience with the only NameNode there is. */
    private static final Map<String, String> ONE_NAME_NODE =
            Map.of(
                    "dfs.client.retry.policy.enabled", "true",
                    "dfs.client.retry.policy.spec", "2000,30,10000,60");

    /** As much patience with several, between which the client turns without any with one. */
    private static final Map<String, String> SEVERAL_NAME_NODES =
            Map.of(
                    "dfs.client.retry.policy.enabled", "false",
                    "dfs.client.retry.max.attempts", "300",
                    "dfs.client.failover.max.attempts", "300",
                    "dfs.client.failover.sleep.max.millis", "2000");

    private static final String FAIL_OVER = "dfs.client.failover.proxy.provider.";

    /** To learn within seconds, not minutes, that nobody is there. */
    private static final Map<String, String> IMPATIENT =
            Map.of(
                    "dfs.client.retry.policy.enabled", "false",
                    "dfs.client.retry.max.attempts", "3",
                    "dfs.client.failover.max.attempts", "3",
                    "dfs.client.failover.sleep.base.millis", "200",
                    "dfs.client.failover.sleep.max.millis", "1000",
                    "ipc.client.rpc-timeout.ms", "7000",
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
    static Configuration tuned(URI root, Configuration given) {
        Configuration tuned = new Configuration(given);
        setDefaults(tuned, DEFAULTS);
        setDefaults(tuned, failsOver(root, given) ? SEVERAL_NAME_NODES : ONE_NAME_NODE);
        return tuned;
    }

    private static void setDefaults(Configuration configuration, Map<String, String> defaults) {
        defaults.forEach(
                (key, value) -> {
                    if (!isSet(configuration, key)) {
                        configuration.set(key, value);
                    }
                });
    }

    /** By its name, or behind another file system's (viewfs) by any. */
    private static boolean failsOver(URI root, Configuration given) {
        Map<String, String> providers = given.getPropsWithPrefix(FAIL_OVER);
        URI store = root.getAuthority() == null ? FileSystem.getDefaultUri(given) : root;
        return "hdfs".equals(store.getScheme())
                ? providers.containsKey(store.getHost())
                : !providers.isEmpty();
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
