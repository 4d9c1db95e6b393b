package io.gapless.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gapless.job.embedded.ChildProcess;
import io.gapless.job.embedded.DataDirectory;
import io.gapless.job.embedded.HdfsProcess;
import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.system.nvr.Eventually;
import io.gapless.system.nvr.Nvr;
import io.gapless.system.site.CatalogueFile;
import io.gapless.system.site.StoredVideo;
import io.gapless.system.site.StoredVideo.StoredFrame;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job as operators run it: submitted with Flink's own client to a cluster of processes, a
 * JobManager and two TaskManagers, recording into a real HDFS.
 */
class ClusterTest {
    private static final int CAMERAS = 8;
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration BACK_LIMIT = Duration.ofSeconds(15);

    @TempDir private Path directory;

    private SimulatedCameras cameras;
    private DataDirectory data;
    private ChildProcess hdfs;
    private FlinkCluster flink;
    private FlinkRestApi rest;
    private URI archive;

    @BeforeEach
    void startEverythingButTheJob() throws Exception {
        SimulatedCameras.Builder builder = SimulatedCameras.builder();
        names().forEach(name -> builder.camera(CameraSpec.named(name)));
        cameras = builder.start();
        data = new DataDirectory(directory.resolve("data"));
        data.create();
        hdfs = HdfsProcess.launchAnywhere().start(data);
        flink = new FlinkCluster(directory, Nvr.PROJECT, Map.of());
        flink.startJobManager();
        flink.startTaskManager("tm-1");
        flink.startTaskManager("tm-2");
        rest = new FlinkRestApi(flink.rest());
        archive = HdfsProcess.awaitArchive(data, hdfs);
        Eventually.holds("two TaskManagers", START_LIMIT, () -> rest.taskManagers() == 2);
    }

    @AfterEach
    void stopEverything() throws IOException {
        flink.close();
        hdfs.stop(data, HdfsProcess.STOP_PATIENCE);
        cameras.close();
    }

    @Test
    void aLostTaskManagerStopsItsOwnCamerasOnlyAndNotForLong() throws Exception {
        String job = submit();
        try (StoredVideo video = video()) {
            Eventually.holds(
                    "all cameras are recorded",
                    START_LIMIT,
                    () -> recorded(video).size() == CAMERAS);
            // The web UI's metrics follow with some delay.
            Eventually.holds(
                    "metrics of all cameras",
                    START_LIMIT,
                    () -> rest.taskManagerOfEachCamera(job).size() == CAMERAS);
            Map<String, String> hosts = rest.taskManagerOfEachCamera(job);
            assertThat(hosts.keySet()).containsExactlyInAnyOrderElementsOf(names());
            assertThat(new HashSet<>(hosts.values())).hasSize(2);

            Instant killed = Instant.now();
            flink.kill("tm-1");
            Set<String> hit = new HashSet<>();
            hosts.forEach(
                    (camera, host) -> {
                        if (host.equals("tm-1")) {
                            hit.add(camera);
                        }
                    });
            Eventually.holds(
                    "cameras of the lost TaskManager are recorded again",
                    START_LIMIT,
                    () ->
                            hit.stream()
                                    .allMatch(
                                            camera ->
                                                    newest(video, camera)
                                                            .isAfter(killed.plusSeconds(2))));
            for (String camera : names()) {
                judge(camera, video.frames(camera), hit.contains(camera));
            }
            Nvr.Result verified = Nvr.run(directory, "verify", "--archive", archive);
            assertThat(verified.status()).as(verified.out() + verified.err()).isZero();
        }
    }

    private static void judge(String camera, List<StoredFrame> frames, boolean hit) {
        List<Long> missing = new ArrayList<>();
        Duration longest = Duration.ZERO;
        for (int i = 1; i < frames.size(); i++) {
            long step = frames.get(i).mark().counter() - frames.get(i - 1).mark().counter();
            assertThat(step).as("frames of %s in order, each once", camera).isPositive();
            if (step > 1) {
                missing.add(frames.get(i).mark().counter());
                Duration away = Duration.between(frames.get(i - 1).time(), frames.get(i).time());
                longest = away.compareTo(longest) > 0 ? away : longest;
            }
        }
        System.out.printf(
                "%s: %d frames, %d hole(s), longest %.1f s%n",
                camera, frames.size(), missing.size(), longest.toMillis() / 1e3);
        assertThat(missing).as("holes of %s", camera).hasSize(hit ? 1 : 0);
        assertThat(longest).isLessThan(BACK_LIMIT);
    }

    private String submit() throws Exception {
        Path catalogue = CatalogueFile.write(directory.resolve("cameras.yaml"), cameras, Map.of());
        Path configuration = directory.resolve("recorder.yaml");
        new ObjectMapper()
                .writeValue(
                        configuration.toFile(),
                        Map.of(
                                "catalogue", catalogue.toString(),
                                "archive", archive.toString(),
                                "hadoop",
                                        Map.of("dfs.replication", "1", "dfs.blocksize", "16777216"),
                                "parallelism", 2));
        flink.run(
                "io.gapless.job.RecorderJob",
                flink.jobJar(),
                List.of("--config", configuration.toString(), "--role", "primary"));
        Eventually.holds("the job runs", START_LIMIT, () -> rest.runningJobs().size() == 1);
        return rest.runningJobs().get(0);
    }

    private StoredVideo video() throws IOException {
        return new StoredVideo(archive, directory.resolve("scratch"));
    }

    private static List<String> names() {
        return IntStream.rangeClosed(1, CAMERAS).mapToObj(i -> "cam-" + i).toList();
    }

    private static Map<String, Integer> recorded(StoredVideo video) throws IOException {
        Map<String, Integer> frames = new HashMap<>();
        for (String camera : names()) {
            int count = video.frames(camera).size();
            if (count > 0) {
                frames.put(camera, count);
            }
        }
        return frames;
    }

    private static Instant newest(StoredVideo video, String camera) {
        try {
            List<StoredFrame> frames = video.frames(camera);
            return frames.get(frames.size() - 1).time();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
