package io.gapless.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.archive.ArchiveWriterOptions.Output;
import io.gapless.archive.hold.SpillOptions;
import io.gapless.backfill.BackfillLimits;
import io.gapless.backfill.RingEndpoint;
import io.gapless.backfill.SecretSource;
import io.gapless.backfill.TlsFiles;
import io.gapless.source.yaml.YamlException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
                                Optional.of(URI.create("hdfs://nn:8020/g")),
                                Map.of(),
                                Output.BLOCKS,
                                MemorySize.ofMebiBytes(512),
                                SpillOptions.NONE,
                                MemorySize.ofMebiBytes(64),
                                2,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(20),
                                Optional.empty(),
                                List.of(),
                                new BackfillLimits(
                                        Duration.ofSeconds(30),
                                        Duration.ofHours(24),
                                        64 << 20,
                                        128 << 20,
                                        4),
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
                                        archiveOutput: hadoop
                                        mediaMemory: 1 gb
                                        spill: {directories: [/disk1/spill, spill2], maxBytes: 10 gb}
                                        queue: 32 mb
                                        eventLoopThreads: 3
                                        catalogueInterval: 1 s
                                        checkpointInterval: 5 s
                                        closeTimeout: 4 s
                                        stuckAfter: 1 min
                                        parallelism: 7
                                        rings:
                                          - url: http://replica-1:7400
                                            secretFile: ring.secret
                                          - {url: 'https://replica-2:7400', secretEnv: RING, trusted: ca.pem}
                                        backfill:
                                          interval: 5 s
                                          lookBack: 6 h
                                          bandwidth: 10 mb
                                          memory: 32 mb
                                          fetches: 2
                                        ring:
                                          directories: [/disk1/ring, disk2]
                                          maxBytes: 1 tb
                                          maxAge: 2 h
                                          reserve: 1 gb
                                          listen: 0.0.0.0:7400
                                          secretEnv: RING
                                          certificate: ring.pem
                                          key: ring.key
                                          maxConnections: 8
                                          bandwidth: 20 mb
                                        """))
                .isEqualTo(
                        new RecorderConfiguration(
                                Path.of("conf", "cameras.yaml"),
                                Optional.of(URI.create("hdfs://nn:8020/g")),
                                Map.of(
                                        "dfs.replication",
                                        "2",
                                        "dfs.client.use.datanode.hostname",
                                        "true"),
                                Output.HADOOP,
                                MemorySize.ofMebiBytes(1024),
                                new SpillOptions(
                                        List.of("/disk1/spill", absolute("spill2")), 10L << 30),
                                MemorySize.ofMebiBytes(32),
                                3,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(4),
                                Duration.ofMinutes(1),
                                Optional.of(7),
                                List.of(
                                        new RingEndpoint(
                                                URI.create("http://replica-1:7400"),
                                                secretFile("ring.secret"),
                                                TlsFiles.NONE),
                                        new RingEndpoint(
                                                URI.create("https://replica-2:7400"),
                                                new SecretSource.Environment("RING"),
                                                new TlsFiles("", "", absolute("ca.pem")))),
                                new BackfillLimits(
                                        Duration.ofSeconds(5),
                                        Duration.ofHours(6),
                                        10 << 20,
                                        32 << 20,
                                        2),
                                Optional.of(
                                        new RingConfiguration(
                                                List.of(
                                                        Path.of("/disk1/ring"),
                                                        Path.of("conf", "disk2")),
                                                Optional.of(MemorySize.ofMebiBytes(1 << 20)),
                                                Duration.ofHours(2),
                                                MemorySize.ofMebiBytes(1024),
                                                new ListenAddress("0.0.0.0", 7400),
                                                new SecretSource.Environment("RING"),
                                                new TlsFiles(
                                                        absolute("ring.pem"),
                                                        absolute("ring.key"),
                                                        ""),
                                                8,
                                                Optional.of(MemorySize.ofMebiBytes(20))))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colour: red| line 3: the key 'colour' is not known; use one of archive,",
                "archiveOutput: tape| line 3: 'archiveOutput' must be hadoop or blocks",
                "queue: much| line 3: 'queue' must be a size such as 64 mb or 2 gb",
                "parallelism: 0| line 3: 'parallelism' must be a whole number from 1 to 4096",
                "checkpointInterval: soon| line 3: 'checkpointInterval' must be a duration such as",
                "rings: [{url: 'ftp://a'}]| line 3: ring 1: 'url' must be http://HOST:PORT, or https",
                "rings: [{url: 'http://me:pw@a'}]| line 3: ring 1: 'url' must be http://HOST:PORT",
                "rings: [{url: 'http://a', secretEnv: A, secretFile: b}]| line 3: ring 1: 'secretFile' and",
                "ring: {listen: 'a:1', secretEnv: A}| line 3: ring: the key 'directories' is missing",
                "ring: {directories: [a], listen: '1', secretEnv: A}| line 3: ring: 'listen' must be host:port",
                "rings: [{url: 'http://a'}]| line 3: ring 1: the key 'secretFile' or 'secretEnv'",
                "rings: [{url: 'https://a', key: k}]| line 3: ring 1: 'certificate' and 'key' go",
                "ring: {directories: [a], listen: 'a:1'}| line 3: ring: the key 'secretFile' or 'secretEnv'",
                "backfill: {speed: 1}| line 3: backfill: the key 'speed' is not known; use one of",
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

    @Test
    void eachRoleNamesWhatItMisses() throws YamlException {
        RecorderConfiguration replica =
                parse("catalogue: c\nring: {directories: [r], listen: 'a:1', secretEnv: S}");
        replica.requireFor(Role.REPLICA);
        assertThatThrownBy(() -> replica.requireFor(Role.PRIMARY))
                .hasMessageStartingWith("the role primary needs the key 'archive'");
        RecorderConfiguration primary = parse(REQUIRED);
        primary.requireFor(Role.PRIMARY);
        assertThatThrownBy(() -> primary.requireFor(Role.ALL))
                .hasMessageStartingWith("the role all needs the key 'ring'");
    }

    private static SecretSource secretFile(String name) {
        return new SecretSource.File(absolute(name));
    }

    @Test
    void oneDiskForTheSpillNeedsNoList() throws YamlException {
        assertThat(parse(REQUIRED + "spill: {directory: spill, maxBytes: 1 gb}\n").spill())
                .isEqualTo(new SpillOptions(List.of(absolute("spill")), 1L << 30));
        assertThatThrownBy(() -> parse(REQUIRED + "spill: {directory: spill}\n"))
                .isInstanceOf(YamlException.class)
                .hasMessageContaining("'maxBytes'");
    }

    private static String absolute(String name) {
        return Path.of("conf", name).toAbsolutePath().toString();
    }

    private static RecorderConfiguration parse(String yaml) throws YamlException {
        return RecorderConfiguration.parse(FILE, yaml.getBytes(StandardCharsets.UTF_8));
    }
}
