package io.gapless.job;

import static java.util.Objects.requireNonNull;

import io.gapless.source.yaml.YamlException;
import io.gapless.source.yaml.YamlFile;
import io.gapless.source.yaml.YamlMap;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.MemorySize;

/**
 * What a recording job is told, usually by a YAML file ({@code flink-conf/recorder.example.yaml}).
 *
 * @param catalogue the file that lists the cameras, readable on the JobManager and all TaskManagers
 * @param archive root of the archive, a Hadoop file system URI
 * @param hadoop settings of the Hadoop client, added to what its own files say
 * @param mediaMemory off-heap memory for video per TaskManager; {@code
 *     taskmanager.memory.task.off-heap.size} must have room for it and for Netty's buffers
 * @param queue how much video may wait for a subtask's task thread before the oldest is dropped
 * @param eventLoopThreads per TaskManager; each serves many cameras
 * @param parallelism of the whole pipeline; absent: the cluster's default
 */
public record RecorderConfiguration(
        Path catalogue,
        URI archive,
        Map<String, String> hadoop,
        MemorySize mediaMemory,
        MemorySize queue,
        int eventLoopThreads,
        Duration catalogueInterval,
        Duration checkpointInterval,
        Duration closeTimeout,
        Optional<Integer> parallelism) {
    /** Key groups, and so the most subtasks ever; fixed for the life of a job's state. */
    public static final int MAX_PARALLELISM = 4096;

    public RecorderConfiguration {
        requireNonNull(catalogue, "catalogue is null");
        requireNonNull(archive, "archive is null");
        hadoop = Map.copyOf(hadoop);
        requireNonNull(mediaMemory, "mediaMemory is null");
        requireNonNull(queue, "queue is null");
        requireNonNull(catalogueInterval, "catalogueInterval is null");
        requireNonNull(checkpointInterval, "checkpointInterval is null");
        requireNonNull(closeTimeout, "closeTimeout is null");
        requireNonNull(parallelism, "parallelism is null");
    }

    /** Everything but what must be named at its default. */
    public static RecorderConfiguration of(Path catalogue, URI archive) {
        return new RecorderConfiguration(
                catalogue,
                archive,
                Map.of(),
                MemorySize.ofMebiBytes(512),
                MemorySize.ofMebiBytes(64),
                2,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
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
                        yaml.size("mediaMemory").orElse(defaults.mediaMemory),
                        yaml.size("queue").orElse(defaults.queue),
                        yaml.integer("eventLoopThreads", 1, 256).orElse(defaults.eventLoopThreads),
                        yaml.duration("catalogueInterval").orElse(defaults.catalogueInterval),
                        yaml.duration("checkpointInterval").orElse(defaults.checkpointInterval),
                        yaml.duration("closeTimeout").orElse(defaults.closeTimeout),
                        yaml.integer("parallelism", 1, MAX_PARALLELISM));
        yaml.refuseUnknownKeys();
        return configuration;
    }

    private static URI archive(YamlMap yaml) throws YamlException {
        String text = yaml.requiredText("archive");
        try {
            URI uri = new URI(text);
            if (uri.isAbsolute()) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // The same message as for a URI without scheme.
        }
        throw yaml.error(
                "archive", "must be a file system address such as hdfs://namenode:8020/gapless");
    }
}
