package io.gapless.system.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gapless.archive.Archive;
import io.gapless.job.embedded.FreePort;
import io.gapless.system.nvr.Eventually;
import io.gapless.system.nvr.Nvr;
import io.gapless.system.nvr.Signals;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A running {@code ./nvr up}, and the other commands on what it records. */
public final class RecordingSite implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(2);

    private final Path data;
    private final Path scratch;
    private final Process up;

    private RecordingSite(Path data, Path scratch, Process up) {
        this.data = data;
        this.scratch = scratch;
        this.up = up;
    }

    /** Starts recording without replicas and returns once all processes run. */
    public static RecordingSite start(Path directory, Path catalogue) throws Exception {
        return startWithReplicas(directory, catalogue, 0);
    }

    /** {@link #start(Path, Path)} with replicas. */
    public static RecordingSite startWithReplicas(Path directory, Path catalogue, int replicas)
            throws Exception {
        return startWithReplicas(directory, catalogue, replicas, Map.of());
    }

    /**
     * {@link #start(Path, Path)} with replicas.
     *
     * @param replicas how many
     * @param environment variables that the recorder has and the test does not
     */
    public static RecordingSite startWithReplicas(
            Path directory, Path catalogue, int replicas, Map<String, String> environment)
            throws Exception {
        List<String> roles = new ArrayList<>(List.of("primary"));
        for (int i = 1; i <= replicas; i++) {
            roles.add(i == 1 ? "replica" : "replica" + i);
        }
        Path data = directory.resolve("data");
        Path scratch = Files.createDirectories(directory.resolve("scratch"));
        Path output = directory.resolve("up.out");
        List<Object> arguments = new ArrayList<>(List.of("up", "--data", data));
        arguments.addAll(List.of("--cameras", catalogue));
        arguments.addAll(List.of("--web-port", FreePort.any(), "--hdfs-port", FreePort.any()));
        arguments.addAll(List.of("--replicas", replicas));
        Process up = Nvr.start(output, environment, arguments.toArray());
        RecordingSite site = new RecordingSite(data, scratch, up);
        Eventually.holds(
                "nvr up runs, see " + output,
                START_LIMIT,
                () -> {
                    if (!up.isAlive()) {
                        throw new AssertionError("nvr up ended: " + Files.readString(output));
                    }
                    return roles.stream().allMatch(role -> Files.exists(site.pidFile(role)));
                });
        return site;
    }

    /** The recordings, read by other means than ours; only while this site runs. */
    public StoredVideo storedVideo() throws IOException {
        URI hdfs = URI.create(Files.readString(data.resolve("run/hdfs.address")).strip());
        return new StoredVideo(hdfs, scratch);
    }

    /** The archive, read by our own code without starting a process; only while this site runs. */
    public Archive archive() throws IOException {
        URI hdfs = URI.create(Files.readString(data.resolve("run/hdfs.address")).strip());
        return Archive.open(hdfs.resolve("/gapless"), Map.of());
    }

    /** What {@code nvr up} keeps. */
    public Path data() {
        return data;
    }

    /** {@code kill -9} of the process of a role. */
    public void kill(String role) throws IOException {
        long pid = pid(role);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    /** The process that keeps the others alive. */
    public long upPid() {
        return up.pid();
    }

    public long pid(String role) throws IOException {
        return Long.parseLong(Files.readString(pidFile(role)).strip());
    }

    /** {@code nvr timeline --json}, whatever its exit status. */
    public JsonNode timeline(String camera, String... range)
            throws IOException, InterruptedException {
        List<Object> arguments = new ArrayList<>(List.of("timeline", camera, "--json"));
        arguments.addAll(List.of(range));
        return new ObjectMapper().readTree(run(arguments).out());
    }

    public Nvr.Result verify() throws IOException, InterruptedException {
        return run(List.of("verify"));
    }

    /** {@code nvr export}; fails if the command does. */
    public Path export(String camera, String from, String to)
            throws IOException, InterruptedException {
        Path file = scratch.resolve("export.mp4");
        Files.deleteIfExists(file);
        Nvr.Result result =
                run(List.of("export", camera, "--from", from, "--to", to, "--out", file));
        if (result.status() != 0) {
            throw new AssertionError("nvr export of %s: %s".formatted(camera, result));
        }
        return file;
    }

    /** A test may have frozen it. */
    private void thaw() {
        try {
            Signals.thaw(up.pid());
        } catch (IOException e) {
            // It has ended already.
        }
    }

    /** Ends recording as Ctrl-C does. The commands go on working. */
    public void stop() {
        up.destroy();
        up.onExit().completeOnTimeout(up, STOP_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        if (up.isAlive()) {
            throw new AssertionError("nvr up did not stop within " + STOP_LIMIT);
        }
    }

    /** Its children end with it, whichever way. */
    @Override
    public void close() {
        up.destroy();
        thaw();
        up.onExit().completeOnTimeout(up, STOP_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        up.destroyForcibly().onExit().join();
    }

    private Nvr.Result run(List<?> arguments) throws IOException, InterruptedException {
        List<Object> all = new ArrayList<>(arguments);
        all.add("--data");
        all.add(data);
        return Nvr.run(scratch, all.toArray());
    }

    private Path pidFile(String role) {
        return data.resolve("run").resolve(role + ".pid");
    }
}
