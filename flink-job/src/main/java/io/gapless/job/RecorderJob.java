package io.gapless.job;

import io.gapless.archive.ArchiveWriterOptions;
import io.gapless.archive.hold.HoldLimits;
import io.gapless.archive.hold.SpillOptions;
import io.gapless.archive.sink.ArchiveSink;
import io.gapless.archive.sink.ArchiveSinkSettings;
import io.gapless.backfill.GapSource;
import io.gapless.backfill.GapSourceOptions;
import io.gapless.media.CameraEvent;
import io.gapless.media.Origin;
import io.gapless.ring.RingOptions;
import io.gapless.ring.sink.RingSink;
import io.gapless.ring.sink.RingSinkSettings;
import io.gapless.source.CameraEventTypeInfo;
import io.gapless.source.RtspSource;
import io.gapless.source.RtspSourceOptions;
import io.gapless.source.Shard;
import io.gapless.source.split.CameraPlacement;
import java.nio.file.Path;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The recording job: {@code --config FILE --role primary|replica|all [--shard i/n]}. Up to three
 * pipelines, each one chain without a network edge and unconnected to the others, so that a lost
 * TaskManager stops its own cameras and no other, and backfill that fails disturbs no recording.
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

    /**
     * Adds the topology of {@code role} to {@code environment}; executes nothing.
     *
     * @throws IllegalArgumentException with one sentence if the configuration lacks what the role
     *     needs
     */
    public static void build(
            StreamExecutionEnvironment environment,
            RecorderConfiguration configuration,
            Role role,
            Shard shard) {
        configuration.requireFor(role);
        configuration.parallelism().ifPresent(environment::setParallelism);
        environment.setMaxParallelism(RecorderConfiguration.MAX_PARALLELISM);
        environment.enableCheckpointing(configuration.checkpointInterval().toMillis());
        if (role.archives()) {
            record(
                    environment,
                    Pipeline.PRIMARY.in(role),
                    cameras(configuration, Origin.PRIMARY, shard),
                    new ArchiveSink(archiveSettings(configuration)));
        }
        if (role.archives() && !configuration.rings().isEmpty()) {
            backfill(
                    environment,
                    Pipeline.BACKFILL.in(role),
                    new GapSource(gapOptions(configuration, shard)),
                    new ArchiveSink(
                            archiveSettings(
                                    configuration,
                                    ArchiveWriterOptions.forFills(),
                                    HoldLimits.NONE,
                                    SpillOptions.NONE)));
        }
        if (role.keepsRing()) {
            record(
                    environment,
                    Pipeline.REPLICA.in(role),
                    cameras(configuration, Origin.REPLICA, shard),
                    ring(configuration));
        }
    }

    /** The job's name, as the web UI shows it. */
    public static String name(Role role, Shard shard) {
        return "Gapless %s (shard %s)".formatted(role, shard);
    }

    /** Cameras are recorded into a store. */
    static void record(
            StreamExecutionEnvironment environment,
            Pipeline names,
            Source<CameraEvent, ?, ?> cameras,
            Sink<CameraEvent> store) {
        DataStream<CameraEvent> received = source(environment, names, cameras);
        DataStreamUtils.reinterpretAsKeyedStream(received, CameraPlacement::key, Types.STRING)
                .process(new Continuity())
                .returns(CameraEventTypeInfo.INSTANCE)
                .name(names.continuity())
                .uid(names.continuity())
                .sinkTo(store)
                .name(names.sink())
                .uid(names.sink());
    }

    /** What the archive lacks is fetched from the rings. */
    static void backfill(
            StreamExecutionEnvironment environment,
            Pipeline names,
            Source<CameraEvent, ?, ?> gaps,
            Sink<CameraEvent> archive) {
        source(environment, names, gaps).sinkTo(archive).name(names.sink()).uid(names.sink());
    }

    private static DataStream<CameraEvent> source(
            StreamExecutionEnvironment environment,
            Pipeline names,
            Source<CameraEvent, ?, ?> source) {
        return environment
                .fromSource(
                        source,
                        WatermarkStrategy.noWatermarks(),
                        names.source(),
                        CameraEventTypeInfo.INSTANCE)
                .uid(names.source())
                .slotSharingGroup(names.slots());
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
                        configuration.stuckAfter(),
                        origin));
    }

    private static GapSourceOptions gapOptions(RecorderConfiguration configuration, Shard shard) {
        return new GapSourceOptions(
                configuration.catalogue().toString(),
                configuration.catalogueInterval(),
                shard,
                RecorderConfiguration.MAX_PARALLELISM,
                configuration.archive().orElseThrow(),
                configuration.hadoop(),
                configuration.rings(),
                configuration.backfill(),
                configuration.closeTimeout());
    }

    static ArchiveSinkSettings archiveSettings(RecorderConfiguration configuration) {
        return archiveSettings(
                configuration,
                ArchiveWriterOptions.defaults(),
                HoldLimits.RECORDER,
                configuration.spill());
    }

    private static ArchiveSinkSettings archiveSettings(
            RecorderConfiguration configuration,
            ArchiveWriterOptions options,
            HoldLimits limits,
            SpillOptions spill) {
        return new ArchiveSinkSettings(
                configuration.archive().orElseThrow(),
                configuration.hadoop(),
                options.withOutput(configuration.archiveOutput()),
                limits,
                spill,
                configuration.closeTimeout());
    }

    private static ServedRingSink ring(RecorderConfiguration configuration) {
        RingConfiguration ring = configuration.ring().orElseThrow();
        RingSinkSettings settings =
                new RingSinkSettings(
                        ring.directories().stream().map(Path::toString).toList(),
                        ring.maxBytes().map(MemorySize::getBytes).orElse(Long.MAX_VALUE),
                        ring.maxAge(),
                        ring.reserve().getBytes(),
                        Math.max(RingOptions.MIN_QUEUE_BYTES, configuration.queue().getBytes()),
                        configuration.closeTimeout());
        return new ServedRingSink(new RingSink(settings), service(ring));
    }

    static RingService service(RingConfiguration ring) {
        return new RingService(
                ring.directories().stream().map(Path::toString).toList(),
                ring.listen().host(),
                ring.listen().port(),
                ring.secret(),
                ring.tls(),
                ring.maxConnections(),
                ring.bandwidth().map(MemorySize::getBytes).orElse(0L));
    }
}
