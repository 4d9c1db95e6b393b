package io.gapless.system.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Flink's web UI shows, read as the UI reads it. */
public final class FlinkRestApi {
    private static final Pattern FRAMES = Pattern.compile("(\\d+)\\..*\\.camera\\.(.+)\\.frames");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;

    public FlinkRestApi(URI base) {
        this.base = base;
    }

    boolean answers() throws InterruptedException {
        try {
            return get("/taskmanagers").has("taskmanagers");
        } catch (IOException e) {
            return false;
        }
    }

    /** Registered TaskManagers; 0 while the JobManager does not answer. */
    public int taskManagers() throws InterruptedException {
        try {
            return get("/taskmanagers").path("taskmanagers").size();
        } catch (IOException e) {
            return 0;
        }
    }

    public List<String> runningJobs() throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (JsonNode job : get("/jobs").path("jobs")) {
            if (job.path("status").asText().equals("RUNNING")) {
                ids.add(job.path("id").asText());
            }
        }
        return ids;
    }

    public JsonNode job(String id) throws IOException, InterruptedException {
        return get("/jobs/" + id);
    }

    /** By the metrics of the cameras: which TaskManager's resource id runs the subtask of each. */
    public Map<String, String> taskManagerOfEachCamera(String job)
            throws IOException, InterruptedException {
        Map<String, String> hosts = new HashMap<>();
        for (JsonNode vertex : job(job).path("vertices")) {
            String path = "/jobs/%s/vertices/%s".formatted(job, vertex.path("id").asText());
            Map<Integer, String> subtasks = new HashMap<>();
            for (JsonNode subtask : get(path).path("subtasks")) {
                subtasks.put(
                        subtask.path("subtask").asInt(), subtask.path("taskmanager-id").asText());
            }
            for (JsonNode metric : get(path + "/metrics")) {
                Matcher matcher = FRAMES.matcher(metric.path("id").asText());
                if (matcher.matches()) {
                    hosts.put(matcher.group(2), subtasks.get(Integer.parseInt(matcher.group(1))));
                }
            }
        }
        return hosts;
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve(path)));
    }

    public JsonNode post(String path, String json) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpRequest patient = request.timeout(PATIENCE).build();
        return new ObjectMapper()
                .readTree(http.send(patient, HttpResponse.BodyHandlers.ofByteArray()).body());
    }
}
