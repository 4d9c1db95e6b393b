package io.gapless.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.job.WitnessSink.Seen;
import io.gapless.media.CameraId;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.source.RtspSource;
import io.gapless.source.RtspSourceOptions;
import io.gapless.source.Shard;
import io.gapless.source.reader.RecorderFactory;
import io.gapless.source.reader.RtspRecorder;
import io.gapless.source.split.CameraPlacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The topology on a cluster in this process, with fake cameras and a sink that watches. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class RecorderOnClusterTest {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir Path directory;
    private final WitnessSink witness = new WitnessSink();

    @Test
    void camerasComeGoAndChangeWithoutARestart() throws Exception {
        catalogue(Map.of("gate", "a", "yard", "b"));
        JobClient job = start(2, new Configuration());
        witness.await(seen -> isFragmentOf(seen, "gate"));
        witness.await(seen -> isFragmentOf(seen, "yard"));

        catalogue(Map.of("gate", "a", "yard", "b", "roof", "c"));
        witness.await(seen -> isFragmentOf(seen, "roof"));

        catalogue(Map.of("gate", "a", "roof", "c"));
        Seen end = witness.await(seen -> seen.camera().equals("yard") && isInterruption(seen));
        assertThat(end.cause()).contains(GapCause.CATALOGUE_CHANGED);

        FragmentHeader before =
                witness.await(seen -> isFragmentOf(seen, "gate")).fragment().orElseThrow();
        catalogue(Map.of("gate", "elsewhere", "roof", "c"));
        FragmentHeader last = before;
        Seen next = witness.await(seen -> seen.camera().equals("gate"));
        while (!isInterruption(next)) {
            assertThat(next.fragment().orElseThrow().run()).isEqualTo(before.run());
            assertThat(next.fragment().orElseThrow().sequence()).isEqualTo(last.sequence() + 1);
            last = next.fragment().orElseThrow();
            next = witness.await(seen -> seen.camera().equals("gate"));
        }
        FragmentHeader after =
                witness.await(seen -> isFragmentOf(seen, "gate")).fragment().orElseThrow();
        assertThat(after.run()).isNotEqualTo(before.run());
        assertThat(after.gapBefore()).contains(GapCause.CATALOGUE_CHANGED);
        // It claims to begin at 1970 as well: it is moved by the time that has passed.
        assertThat(after.start()).isBetween(last.end(), last.end().plusTicks(10L * 90_000));
        assertThat(next.attempt()).isZero();
        job.cancel().get();
    }

    @Test
    void aSavepointTakenAt4AndRestoredAt3PutsEachCameraOnItsOwner() throws Exception {
        Map<String, String> cameras = new HashMap<>();
        IntStream.range(0, 24).forEach(i -> cameras.put("camera-" + i, "h"));
        catalogue(cameras);
        JobClient job = start(4, new Configuration());
        Map<String, MediaTime> ends = untilEachCameraHasSentMore(cameras, 4);
        String savepoint =
                job.stopWithSavepoint(
                                false,
                                directory.resolve("savepoints").toUri().toString(),
                                SavepointFormatType.NATIVE)
                        .get();

        WitnessSink second = new WitnessSink();
        Configuration restore = new Configuration();
        restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        JobClient restored = start(3, restore, second);
        CameraPlacement placement = new CameraPlacement(4096, 3);
        Map<String, Seen> first = new HashMap<>();
        while (first.size() < cameras.size()) {
            Seen seen = second.next();
            assertThat(seen.subtask()).isEqualTo(placement.owner(new CameraId(seen.camera())));
            first.putIfAbsent(seen.camera(), seen);
        }
        assertThat(first.values())
                .allSatisfy(
                        seen -> {
                            assertThat(seen.cause()).contains(GapCause.RECORDER_RESTART);
                            // Each run claims to begin at 1970: its camera's state moved it.
                            assertThat(seen.fragment().orElseThrow().start())
                                    .isGreaterThanOrEqualTo(ends.get(seen.camera()));
                        });
        restored.cancel().get();
    }

    @Test
    void aCameraThatFailsTouchesNoOther() throws Exception {
        catalogue(Map.of("gate", "a", "bad", "broken"));
        JobClient job = start(1, new Configuration());
        FragmentHeader last =
                witness.await(seen -> isFragmentOf(seen, "gate")).fragment().orElseThrow();
        for (int i = 0; i < 200; i++) {
            Seen seen = witness.await(each -> each.camera().equals("gate"));
            assertThat(seen.fragment().orElseThrow().sequence()).isEqualTo(last.sequence() + 1);
            assertThat(seen.attempt()).isZero();
            last = seen.fragment().orElseThrow();
        }
        job.cancel().get();
    }

    @Test
    void aCameraThatRebootsIsAGapOfItsOwn() throws Exception {
        try (SimulatedCameras simulated =
                SimulatedCameras.builder().camera(small("gate")).camera(small("yard")).start()) {
            catalogue(
                    Map.of("gate", address(simulated, "gate"), "yard", address(simulated, "yard")));
            JobClient job = start(2, new Configuration(), witness, RtspRecorder::new);
            witness.await(seen -> isFragmentOf(seen, "yard"));
            FragmentHeader last =
                    witness.await(seen -> isFragmentOf(seen, "gate")).fragment().orElseThrow();
            simulated.reboot("yard", Duration.ofMillis(500));

            boolean interrupted = false;
            Seen seen = witness.next();
            while (!(interrupted && isFragmentOf(seen, "yard"))) {
                interrupted |= seen.camera().equals("yard") && isInterruption(seen);
                if (seen.camera().equals("gate")) {
                    FragmentHeader next = seen.fragment().orElseThrow();
                    assertThat(next.run()).isEqualTo(last.run());
                    assertThat(next.start()).isEqualTo(last.end());
                    last = next;
                }
                seen = witness.next();
            }
            assertThat(seen.cause()).contains(GapCause.CAMERA_DISCONNECTED);
            assertThat(seen.attempt()).isZero();
            job.cancel().get();
        }
    }

    private static CameraSpec small(String name) {
        return CameraSpec.named(name)
                .withVideo(video -> video.withSize(320, 180).withGopFrames(10));
    }

    private static String address(SimulatedCameras cameras, String name) {
        return cameras.uri(name).toString().substring("rtsp://".length());
    }

    private Map<String, MediaTime> untilEachCameraHasSentMore(
            Map<String, String> cameras, int parallelism) throws InterruptedException {
        CameraPlacement placement = new CameraPlacement(4096, parallelism);
        Map<String, MediaTime> ends = new HashMap<>();
        while (ends.size() < cameras.size()
                || ends.values().stream().anyMatch(end -> end.ticks90k() < 500)) {
            Seen seen = witness.next();
            assertThat(seen.subtask()).isEqualTo(placement.owner(new CameraId(seen.camera())));
            ends.put(seen.camera(), seen.fragment().orElseThrow().end());
        }
        return ends;
    }

    private JobClient start(int parallelism, Configuration configuration) throws Exception {
        return start(parallelism, configuration, witness);
    }

    private JobClient start(int parallelism, Configuration configuration, WitnessSink sink)
            throws Exception {
        return start(parallelism, configuration, sink, FakeCamera::new);
    }

    private JobClient start(
            int parallelism,
            Configuration configuration,
            WitnessSink sink,
            RecorderFactory recorders)
            throws Exception {
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(parallelism);
        environment.setMaxParallelism(RecorderConfiguration.MAX_PARALLELISM);
        environment.enableCheckpointing(500);
        RecorderJob.record(
                environment,
                Pipeline.PRIMARY.in(Role.PRIMARY),
                new RtspSource(options(), recorders),
                sink);
        return environment.executeAsync("test");
    }

    private RtspSourceOptions options() {
        return new RtspSourceOptions(
                directory.resolve("cameras.yaml").toString(),
                Duration.ofMillis(100),
                Shard.WHOLE,
                RecorderConfiguration.MAX_PARALLELISM,
                64 << 20,
                8 << 20,
                2,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Origin.PRIMARY);
    }

    private void catalogue(Map<String, String> hosts) throws IOException {
        List<String> lines =
                hosts.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(
                                e ->
                                        "  - {id: %s, url: 'rtsp://%s'}"
                                                .formatted(e.getKey(), e.getValue()))
                        .toList();
        Files.writeString(
                directory.resolve("cameras.yaml"), "cameras:\n" + String.join("\n", lines) + "\n");
    }

    private static boolean isFragmentOf(Seen seen, String camera) {
        return seen.camera().equals(camera) && seen.fragment().isPresent();
    }

    private static boolean isInterruption(Seen seen) {
        return seen.fragment().isEmpty();
    }
}
