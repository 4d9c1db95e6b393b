package io.gapless.job;

import static java.util.Locale.ROOT;
import static java.util.Objects.requireNonNull;

import io.gapless.archive.ArchiveWriterOptions.Output;
import io.gapless.archive.hold.SpillOptions;
import io.gapless.backfill.BackfillLimits;
import io.gapless.backfill.RingEndpoint;
import io.gapless.source.yaml.YamlException;
import io.gapless.source.yaml.YamlFile;
import io.gapless.source.yaml.YamlMap;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;

/**
 * What a recording job is told, usually by a YAML file ({@code flink-conf/recorder.example.yaml}).
 *
 * @param catalogue the file that lists the cameras, readable on the JobManager and all TaskManagers
 * @param archive root of the archive, a Hadoop file system URI; a replica needs none
 * @param hadoop settings of the Hadoop client, added to what its own files say
 * @param archiveOutput by which recordings get to HDFS
 * @param mediaMemory off-heap memory for video per TaskManager; {@code
 *     taskmanager.memory.task.off-heap.size} must have room for it and for Netty's buffers
 * @param spill where video goes that does not fit into that memory while the archive is away
 * @param queue how much video may wait for a subtask's task thread before the oldest is dropped
 * @param eventLoopThreads per TaskManager; each serves many cameras
 * @param stuckAfter how long an event loop or a task's thread may stand still before its process is
 *     given up
 * @param parallelism of each pipeline; absent: the cluster's default
 * @param rings of the replicas, which the primary asks for what the archive lacks
 * @param ring of the replica itself; a primary needs none
 */
public record RecorderConfiguration(
        Path catalogue,
        Optional<URI> archive,
        Map<String, String> hadoop,
        Output archiveOutput,
        MemorySize mediaMemory,
        SpillOptions spill,
        MemorySize queue,
        int eventLoopThreads,
        Duration catalogueInterval,
        Duration checkpointInterval,
        Duration closeTimeout,
        Duration stuckAfter,
        Optional<Integer> parallelism,
        List<RingEndpoint> rings,
        BackfillLimits backfill,
        Optional<RingConfiguration> ring) {
    /** Key groups, and so the most subtasks ever; fixed for the life of a job's state. */
    public static final int MAX_PARALLELISM = 4096;

    public RecorderConfiguration {
        requireNonNull(catalogue, "catalogue is null");
        requireNonNull(archive, "archive is null");
        hadoop = Map.copyOf(hadoop);
        requireNonNull(archiveOutput, "archiveOutput is null");
        requireNonNull(mediaMemory, "mediaMemory is null");
        requireNonNull(spill, "spill is null");
        requireNonNull(queue, "queue is null");
        requireNonNull(catalogueInterval, "catalogueInterval is null");
        requireNonNull(checkpointInterval, "checkpointInterval is null");
        requireNonNull(closeTimeout, "closeTimeout is null");
        requireNonNull(stuckAfter, "stuckAfter is null");
        requireNonNull(parallelism, "parallelism is null");
        rings = List.copyOf(rings);
        requireNonNull(backfill, "backfill is null");
        requireNonNull(ring, "ring is null");
    }

    /** A primary's, everything but what must be named at its default. */
    public static RecorderConfiguration of(Path catalogue, URI archive) {
        return of(catalogue, Optional.of(archive));
    }

    private static RecorderConfiguration of(Path catalogue, Optional<URI> archive) {
        return new RecorderConfiguration(
                catalogue,
                archive,
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
                BackfillLimits.DEFAULT,
                Optional.empty());
    }

    /**
     * @throws YamlException with one sentence: file, line, what is wrong and what to do
     */
    public static RecorderConfiguration read(Path file) throws YamlException {
        return parse(file, YamlFile.bytes(file, "the configuration"));
    }

    static RecorderConfiguration parse(Path file, byte[] bytes) throws YamlException {
        YamlMap yaml = YamlFile.parse(file.toString(), bytes);
        RecorderConfiguration defaults =
                of(file.resolveSibling(yaml.requiredText("catalogue")), archive(yaml));
        RecorderConfiguration configuration =
                new RecorderConfiguration(
                        defaults.catalogue,
                        defaults.archive,
                        yaml.texts("hadoop"),
                        archiveOutput(yaml).orElse(defaults.archiveOutput),
                        yaml.size("mediaMemory").orElse(defaults.mediaMemory),
                        spill(yaml, file),
                        yaml.size("queue").orElse(defaults.queue),
                        yaml.integer("eventLoopThreads", 1, 256).orElse(defaults.eventLoopThreads),
                        yaml.duration("catalogueInterval").orElse(defaults.catalogueInterval),
                        yaml.duration("checkpointInterval").orElse(defaults.checkpointInterval),
                        yaml.duration("closeTimeout").orElse(defaults.closeTimeout),
                        yaml.duration("stuckAfter").orElse(defaults.stuckAfter),
                        yaml.integer("parallelism", 1, MAX_PARALLELISM),
                        RingsParser.rings(yaml, file),
                        RingsParser.limits(yaml),
                        ring(yaml, file));
        yaml.refuseUnknownKeys();
        return configuration;
    }

    /**
     * @throws IllegalArgumentException with one sentence if something is missing that {@code role}
     *     needs
     */
    public void requireFor(Role role) {
        if (role.archives() && archive.isEmpty()) {
            throw new IllegalArgumentException(
                    "the role %s needs the key 'archive' in the configuration; add it"
                            .formatted(role));
        }
        if (role.keepsRing() && ring.isEmpty()) {
            throw new IllegalArgumentException(
                    "the role %s needs the key 'ring' in the configuration; add it"
                            .formatted(role));
        }
    }

    private static SpillOptions spill(YamlMap yaml, Path file) throws YamlException {
        Optional<YamlMap> given = yaml.map("spill");
        if (given.isEmpty()) {
            return SpillOptions.NONE;
        }
        YamlMap spill = given.get();
        List<String> directories =
                Stream.concat(
                                spill.text("directory").stream(),
                                spill.textList("directories").stream())
                        .map(directory -> file.resolveSibling(directory).toAbsolutePath())
                        .map(Path::toString)
                        .toList();
        Optional<MemorySize> maxBytes = spill.size("maxBytes");
        if (directories.isEmpty() || maxBytes.isEmpty()) {
            throw spill.error(
                    "the keys 'directory' (or 'directories') and 'maxBytes' are both needed");
        }
        spill.refuseUnknownKeys();
        return new SpillOptions(directories, maxBytes.get().getBytes());
    }

    private static Optional<RingConfiguration> ring(YamlMap yaml, Path file) throws YamlException {
        Optional<YamlMap> ring = yaml.map("ring");
        return ring.isEmpty()
                ? Optional.empty()
                : Optional.of(RingConfiguration.parse(ring.get(), file));
    }

    private static Optional<Output> archiveOutput(YamlMap yaml) throws YamlException {
        Optional<String> text = yaml.text("archiveOutput");
        Optional<Output> output =
                Stream.of(Output.values())
                        .filter(each -> text.equals(Optional.of(each.name().toLowerCase(ROOT))))
                        .findFirst();
        if (text.isPresent() && output.isEmpty()) {
            throw yaml.error("archiveOutput", "must be hadoop or blocks");
        }
        return output;
    }

    private static Optional<URI> archive(YamlMap yaml) throws YamlException {
        Optional<String> text = yaml.text("archive");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text.get());
            if (uri.isAbsolute()) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // The same message as for a URI without scheme.
        }
        throw yaml.error(
                "archive", "must be a file system address such as hdfs://namenode:8020/gapless");
    }
}
