package io.gapless.job;

import io.gapless.archive.ArchiveWriterOptions;
import io.gapless.archive.sink.ArchiveSink;
import io.gapless.archive.sink.ArchiveSinkSettings;
import io.gapless.media.CameraEvent;
import io.gapless.media.Origin;
import io.gapless.source.CameraEventTypeInfo;
import io.gapless.source.RtspSource;
import io.gapless.source.RtspSourceOptions;
import io.gapless.source.Shard;
import io.gapless.source.split.CameraPlacement;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The recording job: {@code --config FILE --role primary [--shard i/n]}. One chain without a
 * network edge, so that a lost TaskManager stops its own cameras and no other.
 */
public final class RecorderJob {
    private RecorderJob() {}

    /**
     * Submits the job to the cluster that the environment names, such as the one of {@code flink
     * run}.
     *
     * @throws Exception with one sentence if the arguments or the files they name are wrong
     */
    public static void main(String[] arguments) throws Exception {
        JobArguments job = JobArguments.parse(arguments);
        RecorderConfiguration configuration = RecorderConfiguration.read(job.configuration());
        Preflight.check(configuration, job.role());
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        build(environment, configuration, job.role(), job.shard());
        environment.execute(name(job.role(), job.shard()));
    }

    /** Adds the topology of {@code role} to {@code environment}; executes nothing. */
    public static void build(
            StreamExecutionEnvironment environment,
            RecorderConfiguration configuration,
            Role role,
            Shard shard) {
        configuration.requireFor(role);
        configuration.parallelism().ifPresent(environment::setParallelism);
        environment.setMaxParallelism(RecorderConfiguration.MAX_PARALLELISM);
        environment.enableCheckpointing(configuration.checkpointInterval().toMillis());
        record(environment, cameras(configuration, Origin.PRIMARY, shard), archive(configuration));
    }

    /** The job's name, as the web UI shows it. */
    public static String name(Role role, Shard shard) {
        return "Gapless %s (shard %s)".formatted(role, shard);
    }

    /** The topology. Operators' uids name their state and never change. */
    static void record(
            StreamExecutionEnvironment environment,
            Source<CameraEvent, ?, ?> cameras,
            Sink<CameraEvent> archive) {
        DataStream<CameraEvent> received =
                environment
                        .fromSource(
                                cameras,
                                WatermarkStrategy.noWatermarks(),
                                "cameras",
                                CameraEventTypeInfo.INSTANCE)
                        .uid("cameras");
        DataStreamUtils.reinterpretAsKeyedStream(received, CameraPlacement::key, Types.STRING)
                .process(new Continuity())
                .returns(CameraEventTypeInfo.INSTANCE)
                .name("continuity")
                .uid("continuity")
                .sinkTo(archive)
                .name("archive")
                .uid("archive");
    }

    private static RtspSource cameras(
            RecorderConfiguration configuration, Origin origin, Shard shard) {
        return new RtspSource(
                new RtspSourceOptions(
                        configuration.catalogue().toString(),
                        configuration.catalogueInterval(),
                        shard,
                        RecorderConfiguration.MAX_PARALLELISM,
                        configuration.mediaMemory().getBytes(),
                        configuration.queue().getBytes(),
                        configuration.eventLoopThreads(),
                        configuration.closeTimeout(),
                        origin));
    }

    private static ArchiveSink archive(RecorderConfiguration configuration) {
        return new ArchiveSink(archiveSettings(configuration));
    }

    static ArchiveSinkSettings archiveSettings(RecorderConfiguration configuration) {
        return new ArchiveSinkSettings(
                configuration.archive().orElseThrow(),
                configuration.hadoop(),
                ArchiveWriterOptions.defaults(),
                configuration.closeTimeout());
    }
}
