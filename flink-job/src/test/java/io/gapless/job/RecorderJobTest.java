package io.gapless.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.source.Shard;
import io.gapless.source.yaml.YamlException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.jobgraph.topology.DefaultLogicalTopology;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

final class RecorderJobTest {
    private static final String PRIMARY = "catalogue: c.yaml\narchive: hdfs://nn/g\n";
    private static final String RINGS = "rings: [{url: 'http://r', secretEnv: S}]\n";
    private static final String RING =
            "ring: {directories: [r], listen: 'localhost:0', secretEnv: S}\n";

    /** Two vertices would mean a network edge, and that one failure restarts all cameras. */
    @Test
    void aPrimaryWithoutRingsIsOneChainedVertex() {
        List<JobVertex> vertices = vertices(PRIMARY, Role.PRIMARY);
        assertThat(vertices).hasSize(1);
        assertThat(vertices.get(0).getName())
                .contains("cameras")
                .contains("continuity")
                .contains("archive: Writer");
        assertThat(uids(vertices.get(0))).contains("cameras", "continuity", "archive");
    }

    /** State is found by these names; changing one loses it. */
    @Test
    void backfillIsAVertexOfItsOwn() {
        List<JobVertex> vertices = vertices(PRIMARY + RINGS, Role.PRIMARY);
        assertThat(vertices).hasSize(2);
        assertThat(uids(vertices.get(0))).contains("cameras", "continuity", "archive");
        assertThat(uids(vertices.get(1))).contains("gaps", "backfill archive");
        assertThat(vertices.get(0).getSlotSharingGroup())
                .isEqualTo(vertices.get(1).getSlotSharingGroup());
    }

    @Test
    void aReplicaIsOneChainedVertexAndNeedsNoArchive() {
        List<JobVertex> vertices = vertices("catalogue: c.yaml\n" + RING, Role.REPLICA);
        assertThat(vertices).hasSize(1);
        assertThat(uids(vertices.get(0))).contains("replica cameras", "replica continuity", "ring");
    }

    @Test
    void allIsThreePipelinesInSlotsOfTheirOwn() {
        List<JobVertex> vertices = vertices(PRIMARY + RINGS + RING, Role.ALL);
        assertThat(vertices).hasSize(3);
        assertThat(vertices.stream().map(JobVertex::getSlotSharingGroup).distinct()).hasSize(3);
    }

    @Test
    void noRoleHasANetworkEdgeAndEachPipelineIsARegion() {
        StreamExecutionEnvironment environment = build(PRIMARY + RINGS + RING, Role.ALL);
        var graph = environment.getStreamGraph(false).getJobGraph();
        List<JobVertex> vertices = graph.getVerticesSortedTopologicallyFromSources();
        assertThat(vertices)
                .allSatisfy(
                        vertex -> {
                            assertThat(vertex.getProducedDataSets()).isEmpty();
                            assertThat(vertex.getInputs()).isEmpty();
                            assertThat(vertex.getMaxParallelism()).isEqualTo(4096);
                            assertThat(vertex.getParallelism()).isEqualTo(4);
                        });
        assertThat(
                        StreamSupport.stream(
                                DefaultLogicalTopology.fromJobGraph(graph)
                                        .getAllPipelinedRegions()
                                        .spliterator(),
                                false))
                .hasSize(3);
    }

    @Test
    void aRoleSaysWhatItMisses() {
        assertThatThrownBy(() -> build(PRIMARY, Role.REPLICA))
                .hasMessageContaining("needs the key 'ring'");
    }

    @Test
    void namesRoleAndShard() {
        assertThat(RecorderJob.name(Role.PRIMARY, new Shard(2, 3)))
                .isEqualTo("Gapless primary (shard 2/3)");
    }

    private static List<String> uids(JobVertex vertex) {
        return vertex.getOperatorIDs().stream()
                .map(pair -> pair.getUserDefinedOperatorUid())
                .toList();
    }

    private static List<JobVertex> vertices(String yaml, Role role) {
        return build(yaml, role)
                .getStreamGraph(false)
                .getJobGraph()
                .getVerticesSortedTopologicallyFromSources()
                .stream()
                .toList();
    }

    private static StreamExecutionEnvironment build(String yaml, Role role) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(4);
        try {
            RecorderConfiguration configuration =
                    RecorderConfiguration.parse(
                            Path.of("r.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
            RecorderJob.build(environment, configuration, role, Shard.WHOLE);
            return environment;
        } catch (YamlException e) {
            throw new AssertionError(e);
        }
    }
}
