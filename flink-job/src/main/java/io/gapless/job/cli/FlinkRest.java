package io.gapless.job.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapless.job.embedded.JsonOverHttp;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Reads a job's metrics over Flink's REST API, as its web UI does. */
final class FlinkRest {
    /**
     * A metric of a subtask.
     *
     * @param id {@code SUBTASK.OPERATOR.GROUP.NAME}
     * @param value not a number if the metric is none
     */
    record Metric(String id, double value) {
        /** Rounded down. */
        long whole() {
            return (long) value;
        }
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Metrics asked for at once: a request line may have 4096 characters. */
    private static final int METRICS_PER_REQUEST = 20;

    private final JsonOverHttp flink;

    FlinkRest(URI base) {
        this.flink = new JsonOverHttp(base, TIMEOUT);
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

    /** The wanted metrics of all subtasks of all running jobs. */
    List<Metric> metrics(Predicate<String> wanted) throws IOException, InterruptedException {
        List<Metric> metrics = new ArrayList<>();
        for (JsonNode job : at("/jobs").path("jobs")) {
            if (job.path("status").asText().equals("RUNNING")) {
                String path = "/jobs/" + job.path("id").asText();
                for (JsonNode vertex : at(path).path("vertices")) {
                    String id = vertex.path("id").asText();
                    metrics.addAll(read(path + "/vertices/" + id + "/metrics", wanted));
                }
            }
        }
        return metrics;
    }

    private List<Metric> read(String path, Predicate<String> wanted)
            throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (JsonNode metric : at(path)) {
            if (wanted.test(metric.path("id").asText())) {
                ids.add(metric.path("id").asText());
            }
        }
        List<Metric> metrics = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += METRICS_PER_REQUEST) {
            int end = Math.min(ids.size(), i + METRICS_PER_REQUEST);
            metrics.addAll(values(path, ids.subList(i, end)));
        }
        return metrics;
    }

    private List<Metric> values(String path, List<String> ids)
            throws IOException, InterruptedException {
        List<Metric> metrics = new ArrayList<>();
        String wanted = URLEncoder.encode(String.join(",", ids), StandardCharsets.UTF_8);
        for (JsonNode metric : at(path + "?get=" + wanted)) {
            metrics.add(new Metric(metric.path("id").asText(), number(metric.path("value"))));
        }
        return metrics;
    }

    /** Flink's values are texts. */
    private static double number(JsonNode value) {
        try {
            return Double.parseDouble(value.asText());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private JsonNode at(String path) throws IOException, InterruptedException {
        return flink.at(path);
    }
}
