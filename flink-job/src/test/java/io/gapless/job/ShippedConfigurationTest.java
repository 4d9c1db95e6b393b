package io.gapless.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraId;
import io.gapless.source.Shard;
import io.gapless.source.catalogue.Catalogue;
import io.gapless.source.catalogue.CatalogueCamera;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** The files of {@code flink-conf} say what they mean to say. */
final class ShippedConfigurationTest {
    private static final Path FILES = Path.of("..", "flink-conf");

    private final Configuration flink = GlobalConfiguration.loadConfiguration(FILES.toString());

    @Test
    void stateSurvives() {
        assertThat(flink.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("rocksdb");
        assertThat(flink.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)).isTrue();
        assertThat(CheckpointingOptions.getCheckpointingMode(flink))
                .isEqualTo(CheckpointingMode.EXACTLY_ONCE);
        assertThat(flink.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(flink.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION))
                .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    }

    @Test
    void failuresStaySmallAndShort() {
        assertThat(flink.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER))
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(flink.get(JobManagerOptions.EXECUTION_FAILOVER_STRATEGY)).isEqualTo("region");
        assertThat(flink.get(RestartStrategyOptions.RESTART_STRATEGY))
                .isEqualTo("exponential-delay");
        assertThat(
                        flink.get(
                                RestartStrategyOptions
                                        .RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF))
                .isEqualTo(Duration.ofMillis(200));
        assertThat(flink.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF))
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(
                        flink.get(
                                RestartStrategyOptions
                                        .RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD))
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(flink.get(HeartbeatManagerOptions.HEARTBEAT_INTERVAL))
                .isEqualTo(Duration.ofMillis(2500));
        assertThat(flink.get(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT))
                .isEqualTo(Duration.ofSeconds(12));
        assertThat(flink.get(TaskManagerOptions.TASK_CANCELLATION_TIMEOUT))
                .isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void aJobManagerThatIsBackIsFoundSoon() {
        assertThat(flink.get(ClusterOptions.MAX_REGISTRATION_TIMEOUT))
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(flink.get(ClusterOptions.ERROR_REGISTRATION_DELAY))
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(flink.get(ClusterOptions.REFUSED_REGISTRATION_DELAY))
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(flink.get(TaskManagerOptions.REGISTRATION_TIMEOUT))
                .isEqualTo(Duration.ofHours(24));
    }

    @Test
    void whatHangsEndsAtOnce() {
        assertThat(flink.get(ClusterOptions.HALT_ON_FATAL_ERROR)).isTrue();
    }

    @Test
    void aTaskManagerHasRoomForTheVideoAndForItsHeap() {
        TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(flink);
        MemorySize video =
                RecorderConfiguration.of(Path.of("c"), URI.create("hdfs://nn/g")).mediaMemory();
        assertThat(memory.getTaskOffHeapSize())
                .isGreaterThanOrEqualTo(video.add(MemorySize.ofMebiBytes(128)));
        assertThat(memory.getTaskHeapSize()).isGreaterThan(MemorySize.ofMebiBytes(256));
        assertThat(memory.getManagedMemorySize()).isEqualTo(MemorySize.ofMebiBytes(128));
    }

    /** {@code pipeline.generic-types: false} refuses a topology with types of unknown form. */
    @Test
    void theJobKeepsItsRules() {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(2, flink);
        RecorderJob.build(
                environment,
                RecorderConfiguration.of(Path.of("c"), URI.create("hdfs://nn/g")),
                Role.PRIMARY,
                Shard.WHOLE);
        assertThat(environment.getConfig().isObjectReuseEnabled()).isTrue();
        assertThat(environment.getStreamGraph(false).getJobGraph().getNumberOfVertices())
                .isEqualTo(1);
    }

    @Test
    void theExampleOfARecorderStatesTheDefaults() throws Exception {
        assertThat(RecorderConfiguration.read(FILES.resolve("recorder.example.yaml")))
                .isEqualTo(
                        RecorderConfiguration.of(
                                FILES.resolve("cameras.example.yaml"),
                                URI.create("hdfs://namenode:8020/gapless")));
    }

    @Test
    void theExampleOfACatalogueIsOne() throws Exception {
        assertThat(Catalogue.read(FILES.resolve("cameras.example.yaml")).cameras())
                .extracting(CatalogueCamera::id)
                .containsExactly(
                        new CameraId("gate"),
                        new CameraId("yard"),
                        new CameraId("roof"),
                        new CameraId("door"));
    }
}
