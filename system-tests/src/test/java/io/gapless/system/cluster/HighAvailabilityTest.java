package io.gapless.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gapless.job.embedded.ChildProcess;
import io.gapless.job.embedded.DataDirectory;
import io.gapless.job.embedded.FreePort;
import io.gapless.job.embedded.HdfsProcess;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.system.nvr.Eventually;
import io.gapless.system.nvr.Nvr;
import io.gapless.system.nvr.Signals;
import io.gapless.system.site.CatalogueFile;
import io.gapless.system.site.StoredVideo;
import io.gapless.system.site.StoredVideo.StoredFrame;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * JobManagers that lead and wait, with a real ZooKeeper between them; and a TaskManager that comes
 * back from the dead. Judged by the frames in HDFS.
 */
class HighAvailabilityTest {
    private static final int CAMERAS = 4;
    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final Duration BACK_LIMIT = Duration.ofSeconds(30);

    /** Longer than its JobManager waits for it. */
    private static final Duration FROZEN = Duration.ofSeconds(30);

    private static final String ZOO_KEEPER =
            "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServerMain";

    @TempDir private Path directory;

    private SimulatedCameras cameras;
    private DataDirectory data;
    private ChildProcess hdfs;
    private Process zooKeeper;
    private FlinkCluster flink;
    private Process taskManager;
    private FlinkRestApi standby;
    private URI archive;
    private long killedMillis;

    @BeforeEach
    void startEverythingButTheJob() throws Exception {
        cameras =
                SimulatedCameras.builder()
                        .cameras(
                                CAMERAS,
                                camera ->
                                        camera.withVideo(
                                                video ->
                                                        video.withSize(320, 240)
                                                                .withBitsPerSecond(400_000)
                                                                .withFramesPerSecond(25)
                                                                .withGopFrames(25)))
                        .start();
        data = new DataDirectory(directory.resolve("data"));
        data.create();
        hdfs = HdfsProcess.launchAnywhere().start(data);
        int port = FreePort.any();
        zooKeeper = zooKeeper(port);
        flink = new FlinkCluster(directory, Nvr.PROJECT, highAvailability(port));
        FlinkRestApi leader = new FlinkRestApi(flink.rest());
        start("a JobManager", () -> flink.startJobManager("jm-1", Map.of()), leader::answers);
        taskManager =
                start(
                        "a TaskManager",
                        () -> flink.startTaskManager("tm-1", List.of()),
                        () -> leader.taskManagers() == 1);
        start(
                "another TaskManager",
                () -> flink.startTaskManager("tm-2", List.of()),
                () -> leader.taskManagers() == 2);
        String rest = Integer.toString(FreePort.any());
        standby = new FlinkRestApi(URI.create("http://127.0.0.1:" + rest));
        start(
                "a standby",
                () -> flink.startJobManager("jm-2", Map.of("rest.port", rest)),
                () -> standby.taskManagers() == 2);
        archive = HdfsProcess.awaitArchive(data, hdfs);
    }

    /** Again if it ends, as systemd would: on a busy machine Flink gives up its own start. */
    private static Process start(String what, Callable<Process> command, Callable<Boolean> started)
            throws Exception {
        AtomicReference<Process> process = new AtomicReference<>(command.call());
        Eventually.holds(
                what,
                START_LIMIT,
                () -> {
                    if (!process.get().isAlive()) {
                        process.set(command.call());
                    }
                    return started.call();
                });
        return process.get();
    }

    private Map<String, String> highAvailability(int zooKeeperPort) {
        return Map.of(
                "high-availability.type", "zookeeper",
                "high-availability.storageDir", directory.resolve("ha").toUri().toString(),
                "high-availability.cluster-id", "/primary",
                "high-availability.zookeeper.quorum", "127.0.0.1:" + zooKeeperPort,
                "high-availability.zookeeper.client.session-timeout", "10 s",
                "high-availability.zookeeper.client.tolerate-suspended-connections", "true");
    }

    private Process zooKeeper(int port) throws IOException {
        Path configuration = directory.resolve("zoo.cfg");
        Files.writeString(
                configuration,
                """
                tickTime=2000
                dataDir=%s
                clientPort=%d
                clientPortAddress=127.0.0.1
                admin.enableServer=false
                """
                        .formatted(directory.resolve("zookeeper"), port));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        Nvr.PROJECT.resolve("flink-job/target/dist/lib") + "/*",
                        ZOO_KEEPER,
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("zookeeper.out").toFile())
                .start();
    }

    @AfterEach
    void stopEverything() throws IOException {
        flink.close();
        zooKeeper.destroy();
        zooKeeper.onExit().join();
        hdfs.stop(data, HdfsProcess.STOP_PATIENCE);
        cameras.close();
    }

    @Test
    void aStandbyTakesOverAndAFrozenTaskManagerThatThawsDoesNoHarm() throws Exception {
        submit();
        try (StoredVideo video = new StoredVideo(archive, directory.resolve("scratch"))) {
            awaitVideo(video);
            Instant killed = Instant.now();
            killedMillis = killed.toEpochMilli();
            flink.kill("jm-1");
            // Its tasks record on until they miss it.
            Eventually.holds("the standby leads", START_LIMIT, this::standbyLeads);
            awaitVideo(video);
            for (String camera : cameras.names()) {
                assertThat(longestHole("JobManager killed", killed, camera, video))
                        .isLessThan(BACK_LIMIT);
            }
            Instant frozen = Instant.now();
            Signals.freeze(taskManager.pid());
            awaitVideo(video);
            Eventually.holds(
                    "time passes",
                    FROZEN.multipliedBy(2),
                    () -> Instant.now().isAfter(frozen.plus(FROZEN)));
            Signals.thaw(taskManager.pid());
            Eventually.holds(
                    "the frozen TaskManager is back",
                    START_LIMIT,
                    () -> standby.taskManagers() == 2);
            awaitVideo(video);
            for (String camera : cameras.names()) {
                assertThat(longestHole("TaskManager frozen", frozen, camera, video))
                        .isLessThan(BACK_LIMIT);
                assertThat(video.frames(camera).stream().map(frame -> frame.mark().counter()))
                        .as(camera)
                        .doesNotHaveDuplicates();
            }
            Nvr.Result verified = Nvr.run(directory, "verify", "--archive", archive);
            assertThat(verified.status()).as(verified.out() + verified.err()).isZero();
        }
    }

    /** Of frames that were sent after {@code since}, or a moment before. */
    private static Duration longestHole(
            String what, Instant since, String camera, StoredVideo video) throws IOException {
        List<StoredFrame> frames =
                video.frames(camera).stream()
                        .filter(frame -> frame.time().isAfter(since.minusSeconds(2)))
                        .sorted((a, b) -> Long.compare(a.mark().counter(), b.mark().counter()))
                        .toList();
        Duration longest = Duration.ZERO;
        Instant from = since;
        for (int i = 1; i < frames.size(); i++) {
            Duration step = Duration.between(frames.get(i - 1).time(), frames.get(i).time());
            if (step.compareTo(longest) > 0) {
                longest = step;
                from = frames.get(i - 1).time();
            }
        }
        System.out.printf(
                "%s: %s not recorded for %.1f s, from %.1f s after it on%n",
                what,
                camera,
                longest.toMillis() / 1e3,
                Duration.between(since, from).toMillis() / 1e3);
        return longest;
    }

    private void submit() throws Exception {
        Path catalogue = CatalogueFile.write(directory.resolve("cameras.yaml"), cameras, Map.of());
        Path configuration = directory.resolve("recorder.yaml");
        Map<String, Object> settings = new HashMap<>();
        settings.put("catalogue", catalogue.toString());
        settings.put("archive", archive.toString());
        settings.put("hadoop", Map.of("dfs.replication", "1", "dfs.blocksize", "16777216"));
        settings.put("parallelism", 2);
        new ObjectMapper().writeValue(configuration.toFile(), settings);
        flink.run(
                "io.gapless.job.RecorderJob",
                flink.jobJar(),
                List.of("--config", configuration.toString(), "--role", "primary"));
        Eventually.holds("the job runs", START_LIMIT, () -> standby.runningJobs().size() == 1);
    }

    /** Whether all tasks run under a JobManager that started them anew. */
    private boolean standbyLeads() throws InterruptedException {
        try {
            for (String job : standby.runningJobs()) {
                JsonNode vertex = standby.job(job).path("vertices").path(0);
                return vertex.path("start-time").asLong() > killedMillis
                        && vertex.path("tasks").path("RUNNING").asInt() == 2;
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /** Until a frame that is sent from now on can be read back. */
    private void awaitVideo(StoredVideo video) throws Exception {
        for (String camera : cameras.names()) {
            long sent = cameras.frameCount(camera);
            Eventually.holds(
                    camera + " is recorded",
                    START_LIMIT,
                    () ->
                            video.frames(camera).stream()
                                    .anyMatch(frame -> frame.mark().counter() >= sent));
        }
    }
}
