package io.gapless.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.source.yaml.YamlException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecorderConfigurationTest {
    private static final Path FILE = Path.of("conf", "recorder.yaml");
    private static final String REQUIRED = "catalogue: cameras.yaml\narchive: hdfs://nn:8020/g\n";

    @Test
    void defaults() throws YamlException {
        RecorderConfiguration configuration = parse(REQUIRED);
        assertThat(configuration)
                .isEqualTo(
                        new RecorderConfiguration(
                                Path.of("conf", "cameras.yaml"),
                                URI.create("hdfs://nn:8020/g"),
                                Map.of(),
                                MemorySize.ofMebiBytes(512),
                                MemorySize.ofMebiBytes(64),
                                2,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(5),
                                Optional.empty()));
        assertThat(RecorderConfiguration.MAX_PARALLELISM).isEqualTo(4096);
    }

    @Test
    void readsEverySetting() throws YamlException {
        assertThat(
                        parse(
                                REQUIRED
                                        + """
                                        hadoop:
                                          dfs.replication: 2
                                          dfs.client.use.datanode.hostname: true
                                        mediaMemory: 1 gb
                                        queue: 32 mb
                                        eventLoopThreads: 3
                                        catalogueInterval: 1 s
                                        checkpointInterval: 5 s
                                        closeTimeout: 4 s
                                        parallelism: 7
                                        """))
                .isEqualTo(
                        new RecorderConfiguration(
                                Path.of("conf", "cameras.yaml"),
                                URI.create("hdfs://nn:8020/g"),
                                Map.of(
                                        "dfs.replication",
                                        "2",
                                        "dfs.client.use.datanode.hostname",
                                        "true"),
                                MemorySize.ofMebiBytes(1024),
                                MemorySize.ofMebiBytes(32),
                                3,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(4),
                                Optional.of(7)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colour: red| line 3: the key 'colour' is not known; use one of archive, catalogue,",
                "queue: much| line 3: 'queue' must be a size such as 64 mb or 2 gb",
                "parallelism: 0| line 3: 'parallelism' must be a whole number from 1 to 4096",
                "checkpointInterval: soon| line 3: 'checkpointInterval' must be a duration such as",
                "hadoop: yes| line 3: 'hadoop' must consist of 'key: value' lines",
                "archive: /data| line 3: the key 'archive' stands twice; remove one",
            })
    void refusesInOneSentence(String line, String complaint) {
        assertThatThrownBy(() -> parse(REQUIRED + line + "\n"))
                .isInstanceOf(YamlException.class)
                .hasMessageStartingWith(FILE + ", " + complaint);
    }

    @Test
    void namesWhatIsMissing() {
        assertThatThrownBy(() -> parse("archive: hdfs://nn/g"))
                .hasMessage(FILE + ", line 1: the key 'catalogue' is missing; add it");
        assertThatThrownBy(() -> parse("catalogue: c\narchive: data"))
                .hasMessageContaining("'archive' must be a file system address such as hdfs://");
    }

    private static RecorderConfiguration parse(String yaml) throws YamlException {
        return RecorderConfiguration.parse(FILE, yaml.getBytes(StandardCharsets.UTF_8));
    }
}
