package io.gapless.job;

import io.gapless.source.Shard;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The recording job: {@code --config FILE --role primary [--shard i/n]}. */
public final class RecorderJob {
    private RecorderJob() {}

    /** Adds the topology of {@code role} to {@code environment}; executes nothing. */
    public static void build(
            StreamExecutionEnvironment environment,
            RecorderConfiguration configuration,
            Role role,
            Shard shard) {
        environment.setMaxParallelism(RecorderConfiguration.MAX_PARALLELISM);
    }

    /** The job's name, as the web UI shows it. */
    public static String name(Role role, Shard shard) {
        return "Gapless %s (shard %s)".formatted(role, shard);
    }
}
