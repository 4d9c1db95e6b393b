package io.gapless.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.source.Shard;
import java.net.URI;
import java.nio.file.Path;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

final class RecorderJobTest {
    private final StreamExecutionEnvironment environment =
            StreamExecutionEnvironment.createLocalEnvironment(4);

    /** Two vertices would mean a network edge, and that one failure restarts all cameras. */
    @Test
    void theWholeJobIsOneChainedVertex() {
        JobVertex vertex = vertices(graph()).get(0);
        assertThat(vertices(graph())).hasSize(1);
        assertThat(vertex.getName())
                .contains("cameras")
                .contains("continuity")
                .contains("archive: Writer");
        assertThat(vertex.getProducedDataSets()).isEmpty();
        assertThat(vertex.getInputs()).isEmpty();
    }

    @Test
    void keyGroupsAreFixed() {
        JobVertex vertex = vertices(graph()).get(0);
        assertThat(vertex.getMaxParallelism()).isEqualTo(4096);
        assertThat(vertex.getParallelism()).isEqualTo(4);
    }

    /** State is found by these names; changing one loses it. */
    @Test
    void operatorsKeepTheirIds() {
        assertThat(vertices(graph()).get(0).getOperatorIDs())
                .extracting(pair -> pair.getUserDefinedOperatorUid())
                .contains("cameras", "continuity", "archive");
    }

    @Test
    void namesRoleAndShard() {
        assertThat(RecorderJob.name(Role.PRIMARY, new Shard(2, 3)))
                .isEqualTo("Gapless primary (shard 2/3)");
    }

    private JobGraph graph() {
        return environment.getStreamGraph(false).getJobGraph();
    }

    private java.util.List<JobVertex> vertices(JobGraph graph) {
        return graph.getVerticesSortedTopologicallyFromSources();
    }

    RecorderJobTest() {
        RecorderJob.build(
                environment,
                RecorderConfiguration.of(Path.of("cameras.yaml"), URI.create("hdfs://nn/g")),
                Role.PRIMARY,
                Shard.WHOLE);
    }
}
