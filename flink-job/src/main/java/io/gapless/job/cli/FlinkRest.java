package io.gapless.job.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a job says of its cameras over Flink's REST API, as its web UI does. */
final class FlinkRest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Pattern CAMERA_METRIC =
            Pattern.compile(
                    "\\d+\\..*\\.camera\\.(?<camera>.+)\\."
                            + "(?<name>receivedBytes|frames|lastFrameAgeMs|reconnects|lostPackets|openGapSeconds"
                            + "|openGaps|lostSeconds)");

    /** Metrics asked for at once: a request line may have 4096 characters. */
    private static final int METRICS_PER_REQUEST = 20;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI base;

    FlinkRest(URI base) {
        this.base = base;
    }

    /** Whether any job is running. */
    boolean isRunning() throws IOException, InterruptedException {
        for (JsonNode job : at("/jobs").path("jobs")) {
            if (job.path("status").asText().equals("RUNNING")) {
                return true;
            }
        }
        return false;
    }

    /** All cameras of all running jobs, by name. */
    Map<String, CameraStatus> cameras() throws IOException, InterruptedException {
        Map<String, Map<String, Long>> values = new HashMap<>();
        for (JsonNode job : at("/jobs").path("jobs")) {
            if (job.path("status").asText().equals("RUNNING")) {
                String path = "/jobs/" + job.path("id").asText();
                for (JsonNode vertex : at(path).path("vertices")) {
                    read(path + "/vertices/" + vertex.path("id").asText() + "/metrics", values);
                }
            }
        }
        Map<String, CameraStatus> cameras = new HashMap<>();
        values.forEach((camera, metrics) -> cameras.put(camera, CameraStatus.of(metrics)));
        return cameras;
    }

    private void read(String path, Map<String, Map<String, Long>> values)
            throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (JsonNode metric : at(path)) {
            if (CAMERA_METRIC.matcher(metric.path("id").asText()).matches()) {
                ids.add(metric.path("id").asText());
            }
        }
        for (int i = 0; i < ids.size(); i += METRICS_PER_REQUEST) {
            int end = Math.min(ids.size(), i + METRICS_PER_REQUEST);
            readValues(path, ids.subList(i, end), values);
        }
    }

    private void readValues(String path, List<String> ids, Map<String, Map<String, Long>> values)
            throws IOException, InterruptedException {
        String wanted = URLEncoder.encode(String.join(",", ids), StandardCharsets.UTF_8);
        for (JsonNode metric : at(path + "?get=" + wanted)) {
            Matcher matcher = CAMERA_METRIC.matcher(metric.path("id").asText());
            if (matcher.matches()) {
                values.computeIfAbsent(matcher.group("camera"), c -> new HashMap<>())
                        .merge(matcher.group("name"), metric.path("value").asLong(), Math::max);
            }
        }
    }

    private JsonNode at(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("%s answers %d".formatted(path, response.statusCode()));
        }
        return json.readTree(response.body());
    }
}
