package io.gapless.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gapless.archive.Archive;
import io.gapless.archive.read.ArchiveReader;
import io.gapless.archive.read.NothingRecordedException;
import io.gapless.job.embedded.ChildProcess;
import io.gapless.job.embedded.DataDirectory;
import io.gapless.job.embedded.FreePort;
import io.gapless.job.embedded.HdfsProcess;
import io.gapless.media.CameraId;
import io.gapless.media.timeline.Gap;
import io.gapless.media.timeline.Timeline;
import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.simulator.content.VideoFormat;
import io.gapless.system.backfill.Judgement;
import io.gapless.system.backfill.RawArchive;
import io.gapless.system.backfill.RawFragment;
import io.gapless.system.backfill.Verdict;
import io.gapless.system.nvr.Eventually;
import io.gapless.system.nvr.Nvr;
import io.gapless.system.site.CatalogueFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both recorders as operators run them, submitted to Flink clusters of real processes, with the
 * ring served from inside a TaskManager. The TaskManager that archives is killed with {@code kill
 * -9}; counters in the frames tell that each comes back once.
 */
class RolesOnClusterTest {
    private static final int CAMERAS = 3;
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final VideoFormat VIDEO =
            VideoFormat.DEFAULT.withSize(320, 240).withBitsPerSecond(300_000).withGopFrames(50);
    private static final Map<String, String> SMALL =
            Map.of(
                    "taskmanager.numberOfTaskSlots", "1",
                    "taskmanager.memory.process.size", "1300m",
                    "taskmanager.memory.task.off-heap.size", "300m",
                    "taskmanager.memory.managed.size", "64m",
                    "jobmanager.memory.process.size", "800m");

    @TempDir private Path directory;

    private final List<FlinkCluster> clusters = new ArrayList<>();
    private SimulatedCameras cameras;
    private DataDirectory data;
    private ChildProcess hdfs;
    private URI root;
    private Archive archive;
    private RawArchive raw;
    private RawArchive ring;

    @BeforeEach
    void startCamerasAndHdfs() throws Exception {
        SimulatedCameras.Builder builder = SimulatedCameras.builder();
        names().forEach(name -> builder.camera(CameraSpec.named(name).withVideo(VIDEO)));
        cameras = builder.start();
        data = new DataDirectory(directory.resolve("data"));
        data.create();
        hdfs = HdfsProcess.launchAnywhere().start(data);
        root = HdfsProcess.awaitArchive(data, hdfs);
        archive = Archive.open(root, Map.of());
        raw = new RawArchive(root, directory.resolve("scratch/archive"));
        Path ringDirectory = Files.createDirectories(directory.resolve("ring"));
        ring = new RawArchive(ringDirectory.toUri(), directory.resolve("scratch/ring"));
    }

    @AfterEach
    void stopEverything() throws IOException {
        clusters.forEach(FlinkCluster::close);
        raw.close();
        ring.close();
        archive.close();
        hdfs.stop(data, HdfsProcess.STOP_PATIENCE);
        cameras.close();
    }

    private static List<String> names() {
        return IntStream.rangeClosed(1, CAMERAS).mapToObj(i -> "cam-" + i).toList();
    }

    /** Three pipelines of one job, each with slots of its own; here even with a process. */
    @Test
    void oneJobWithBothRecordersLosesNothingWithOneOfThem() throws Exception {
        FlinkCluster flink = cluster("all", 3);
        submit(flink, "all");
        FlinkRestApi rest = new FlinkRestApi(flink.rest());
        awaitRecording();
        String archiving = subtask(rest, "Source: cameras").path("taskmanager-id").asText();
        killAndReplace(flink, archiving);
        assertWhole();
        assertThat(subtask(rest, "Source: replica cameras").path("attempt").asInt())
                .as("restarts of the replica")
                .isZero();
    }

    /** What {@code fire/short/taskmanager-kill.yaml} tells in every build, without relays. */
    @Tag("long")
    @Test
    void twoClustersEachWithOneRecorder() throws Exception {
        FlinkCluster replica = cluster("replica", 1);
        submit(replica, "replica");
        FlinkCluster primary = cluster("primary", 1);
        submit(primary, "primary");
        awaitRecording();
        killAndReplace(primary, "primary-1");
        assertWhole();
    }

    private FlinkCluster cluster(String name, int taskManagers) throws Exception {
        Path home = Files.createDirectories(directory.resolve(name));
        FlinkCluster flink = new FlinkCluster(home, Nvr.PROJECT, SMALL);
        clusters.add(flink);
        flink.startJobManager();
        for (int i = 1; i <= taskManagers; i++) {
            flink.startTaskManager(name + "-" + i);
        }
        FlinkRestApi rest = new FlinkRestApi(flink.rest());
        Eventually.holds("TaskManagers", LIMIT, () -> rest.taskManagers() == taskManagers);
        return flink;
    }

    private void submit(FlinkCluster flink, String role) throws Exception {
        flink.run(
                "io.gapless.job.RecorderJob",
                flink.jobJar(),
                List.of("--config", configuration().toString(), "--role", role));
        FlinkRestApi rest = new FlinkRestApi(flink.rest());
        Eventually.holds("the job runs", LIMIT, () -> rest.runningJobs().size() == 1);
    }

    /** One file for all roles; each takes what concerns it. */
    private Path configuration() throws IOException {
        Path file = directory.resolve("recorder.yaml");
        if (Files.exists(file)) {
            return file;
        }
        Path secret = Files.writeString(directory.resolve("secret"), "known-to-both-sides\n");
        Path catalogue = CatalogueFile.write(directory.resolve("cameras.yaml"), cameras, Map.of());
        String address = "127.0.0.1:" + FreePort.any();
        Map<String, Object> settings = new HashMap<>();
        settings.put("catalogue", catalogue.toString());
        settings.put("archive", root.toString());
        settings.put("hadoop", Map.of("dfs.replication", "1", "dfs.blocksize", "16777216"));
        settings.put("parallelism", 1);
        settings.put("mediaMemory", "128 mb");
        settings.put(
                "rings",
                List.of(Map.of("url", "http://" + address, "secretFile", secret.toString())));
        settings.put("backfill", Map.of("interval", "5 s", "memory", "64 mb"));
        settings.put(
                "ring",
                Map.of(
                        "directories", List.of(directory.resolve("ring").toString()),
                        "listen", address,
                        "secretFile", secret.toString()));
        // JSON is YAML, too.
        new ObjectMapper().writeValue(file.toFile(), settings);
        return file;
    }

    private void awaitRecording() throws Exception {
        for (String camera : names()) {
            Eventually.holds(camera + " is archived", LIMIT, () -> timeline(camera).isPresent());
            Eventually.holds(
                    camera + " is in the ring", LIMIT, () -> !ring.fragments(camera).isEmpty());
        }
    }

    private Optional<Timeline> timeline(String camera) throws IOException {
        try {
            return Optional.of(
                    new ArchiveReader(archive)
                            .timeline(new CameraId(camera), Optional.empty(), Optional.empty()));
        } catch (NothingRecordedException e) {
            return Optional.empty();
        }
    }

    private static void killAndReplace(FlinkCluster flink, String taskManager) throws Exception {
        flink.kill(taskManager);
        flink.startTaskManager("replacement");
    }

    private void assertWhole() throws Exception {
        Instant killed = Instant.now();
        Map<String, Long> sent = new HashMap<>();
        names().forEach(camera -> sent.put(camera, cameras.frameCount(camera)));
        for (String camera : names()) {
            Eventually.holds(
                    camera + " is live again and whole",
                    LIMIT,
                    () -> isWholeAgain(timeline(camera).orElseThrow(), camera, sent.get(camera)));
        }
        System.out.printf("whole %s after the kill%n", Duration.between(killed, Instant.now()));
        for (String camera : names()) {
            Judgement frames = Judgement.of(camera, raw.fragments(camera));
            Verdict verdict = Verdict.of(frames, timeline(camera).orElseThrow());
            System.out.println(verdict);
            assertThat(verdict).matches(Verdict::isWhole, "is whole");
            assertThat(raw.fragments(camera)).as("fills").anyMatch(RawFragment::replica);
        }
    }

    private boolean isWholeAgain(Timeline timeline, String camera, long sent) throws IOException {
        boolean open = timeline.gaps().stream().anyMatch(gap -> gap.state() == Gap.State.OPEN);
        return !open
                && raw.fragments(camera).stream()
                        .filter(fragment -> !fragment.replica())
                        .flatMap(fragment -> fragment.frames().stream())
                        .anyMatch(frame -> frame.counter() >= sent);
    }

    /** The only subtask of the pipeline whose name begins so. */
    private static JsonNode subtask(FlinkRestApi rest, String pipeline) throws Exception {
        String job = rest.runningJobs().get(0);
        JsonNode vertex =
                children(rest.job(job).path("vertices"))
                        .filter(v -> v.path("name").asText().startsWith(pipeline))
                        .findFirst()
                        .orElseThrow();
        String path = "/jobs/%s/vertices/%s".formatted(job, vertex.path("id").asText());
        return rest.get(path).path("subtasks").path(0);
    }

    private static Stream<JsonNode> children(JsonNode array) {
        return IntStream.range(0, array.size()).mapToObj(array::get);
    }
}
