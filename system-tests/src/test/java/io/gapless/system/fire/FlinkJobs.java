package io.gapless.system.fire;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapless.system.cluster.FlinkCluster;
import io.gapless.system.cluster.FlinkRestApi;
import io.gapless.system.nvr.Eventually;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one job of a Flink cluster, whichever of its JobManagers leads. */
final class FlinkJobs {
    /** Of a preflight; nothing has been submitted then. */
    private static final String NO_ANSWER = "cannot be used: no answer";

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String MAIN = "io.gapless.job.RecorderJob";

    private final FlinkCluster flink;
    private final String role;
    private final Path configuration;
    private final List<FlinkRestApi> rests = new ArrayList<>();
    private String savepoint = "";

    FlinkJobs(FlinkCluster flink, String role, Path configuration) {
        this.flink = flink;
        this.role = role;
        this.configuration = configuration;
        this.rests.add(new FlinkRestApi(flink.rest()));
    }

    /** The web UI of a JobManager that waits. */
    void standby(URI rest) {
        rests.add(new FlinkRestApi(rest));
    }

    /** Again, should HDFS be too busy with starting to answer the job's preflight in time. */
    void submit() throws Exception {
        Eventually.holds("HDFS answers the preflight", LIMIT, this::isSubmitted);
    }

    private boolean isSubmitted() throws Exception {
        try {
            run(List.of());
            return true;
        } catch (IOException e) {
            if (e.getMessage().contains(NO_ANSWER)) {
                return false;
            }
            throw e;
        }
    }

    private void run(List<String> options) throws Exception {
        List<String> command = new ArrayList<>(List.of("run", "-d"));
        command.addAll(options);
        command.addAll(List.of("-c", MAIN, flink.jobJar().toString()));
        command.addAll(List.of("--config", configuration.toString(), "--role", role));
        flink.flink(command);
    }

    /** The JobManager that answers, if one does and runs the job. */
    Optional<Running> running() throws InterruptedException {
        for (FlinkRestApi rest : rests) {
            try {
                List<String> jobs = rest.runningJobs();
                if (!jobs.isEmpty()) {
                    return Optional.of(new Running(rest, jobs.get(0)));
                }
            } catch (IOException e) {
                // This one is away.
            }
        }
        return Optional.empty();
    }

    /** A job and where to ask for it. */
    record Running(FlinkRestApi rest, String job) {}

    int taskManagers() throws InterruptedException {
        int most = 0;
        for (FlinkRestApi rest : rests) {
            most = Math.max(most, rest.taskManagers());
        }
        return most;
    }

    /** Which TaskManager records each camera; empty if nobody can tell just now. */
    Map<String, String> hosts() throws InterruptedException {
        Optional<Running> running = running();
        if (running.isEmpty()) {
            return Map.of();
        }
        try {
            return running.get().rest().taskManagerOfEachCamera(running.get().job());
        } catch (IOException e) {
            return Map.of();
        }
    }

    /** {@code flink stop}, by the web UI's way. */
    void stopWithSavepoint(Path directory) throws Exception {
        Running job = running().orElseThrow(() -> new IOException("no job runs"));
        String path = "/jobs/" + job.job();
        String json = "{\"targetDirectory\":\"%s\",\"drain\":false}".formatted(directory.toUri());
        String request = job.rest().post(path + "/stop", json).path("request-id").asText();
        JsonNode[] answer = new JsonNode[1];
        Eventually.holds(
                () -> "a savepoint is taken: " + answer[0],
                LIMIT,
                () -> {
                    answer[0] = job.rest().get(path + "/savepoints/" + request);
                    return answer[0].path("status").path("id").asText().equals("COMPLETED");
                });
        savepoint = answer[0].path("operation").path("location").asText();
        if (savepoint.isEmpty()) {
            throw new IOException("no savepoint: " + answer[0]);
        }
    }

    /** As soon as somebody can take the job. */
    void restore() throws Exception {
        Eventually.holds("a TaskManager is registered", LIMIT, () -> taskManagers() > 0);
        run(List.of("-s", savepoint));
    }
}
