package io.gapless.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSettingsTest {
    private static final String RETRIES = "dfs.client.retry.policy.enabled";

    private final Configuration given = new Configuration();

    private Configuration tuned(String root) {
        return ClientSettings.tuned(URI.create(root), given);
    }

    @Test
    void theUsersSettingsWinOverOurs() {
        given.set(RETRIES, "false");
        Configuration tuned = tuned("hdfs://host:8020/nvr");
        assertThat(tuned.get(RETRIES)).isEqualTo("false");
        assertThat(tuned.get("dfs.client.retry.policy.spec")).isEqualTo("2000,30,10000,60");
        assertThat(tuned.get("dfs.bytes-per-checksum")).isEqualTo("4096");
        assertThat(tuned.get("dfs.client-write-packet-size")).isEqualTo("262144");
        assertThat(tuned.get("ipc.client.rpc-timeout.ms")).isEqualTo("10000");
    }

    /** With this policy a client asks a dead NameNode for eleven minutes before it turns away. */
    @ParameterizedTest
    @ValueSource(strings = {"hdfs://pair/nvr", "hdfs:///nvr", "viewfs://cluster/nvr"})
    void amongSeveralNameNodesNoneIsInsistedOn(String root) {
        given.set("fs.defaultFS", "hdfs://pair");
        given.set("dfs.client.failover.proxy.provider.pair", "any");
        Configuration tuned = tuned(root);
        assertThat(tuned.get(RETRIES)).isEqualTo("false");
        assertThat(tuned.get("dfs.client.failover.max.attempts")).isEqualTo("300");
        assertThat(tuned.get("dfs.client.failover.sleep.max.millis")).isEqualTo("2000");
    }

    @Test
    void anotherClusterThanThePairHasOneNameNode() {
        given.set("fs.defaultFS", "hdfs://pair");
        given.set("dfs.client.failover.proxy.provider.pair", "any");
        assertThat(tuned("hdfs://host:8020/nvr").get(RETRIES)).isEqualTo("true");
        assertThat(tuned("hdfs://host:8020/nvr").get("dfs.client.failover.max.attempts"))
                .isNotEqualTo("300");
    }
}
