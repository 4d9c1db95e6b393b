package io.gapless.system.fire;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapless.system.cluster.FlinkRestApi;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What video the TaskManagers of a job hold, by the metrics that the JobManager has of them. */
final class HeldVideo {
    /** Names of metrics as the job has them end so; each TaskManager has one slot and one value. */
    private enum Metric {
        HIGH_WATER(".media.memoryHighWaterBytes"),
        BUDGET(".media.memoryBudgetBytes"),
        IN_MEMORY(".media.memoryUsedBytes"),
        ON_DISK(".archive.spilledBytes");

        private final String end;

        Metric(String end) {
            this.end = end;
        }
    }

    /**
     * At one moment, in bytes.
     *
     * @param highWater the most that one TaskManager ever held in memory
     * @param budget what one may hold in memory
     * @param inMemory of all TaskManagers together
     * @param onDisk of all TaskManagers together
     */
    record Bytes(long highWater, long budget, long inMemory, long onDisk) {
        long sum() {
            return inMemory + onDisk;
        }
    }

    /** A metric's whole name, and its value. */
    private record Reading(String name, long value) {}

    private HeldVideo() {}

    /** Empty if nobody can tell just now. */
    static Optional<Bytes> of(FlinkJobs jobs) throws InterruptedException {
        Optional<FlinkJobs.Running> running = jobs.running();
        if (running.isEmpty()) {
            return Optional.empty();
        }
        FlinkRestApi rest = running.get().rest();
        try {
            String job = "/jobs/" + running.get().job();
            List<Reading> readings = new ArrayList<>();
            for (JsonNode vertex : rest.get(job).path("vertices")) {
                readings.addAll(readings(rest, job + "/vertices/" + vertex.path("id").asText()));
            }
            return readings.isEmpty() ? Optional.empty() : Optional.of(bytes(readings));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<Reading> readings(FlinkRestApi rest, String vertex)
            throws IOException, InterruptedException {
        List<String> wanted = new ArrayList<>();
        for (JsonNode metric : rest.get(vertex + "/metrics")) {
            String id = metric.path("id").asText();
            if (Stream.of(Metric.values()).anyMatch(known -> id.endsWith(known.end))) {
                wanted.add(id);
            }
        }
        List<Reading> readings = new ArrayList<>();
        if (!wanted.isEmpty()) {
            String names = wanted.stream().collect(Collectors.joining(","));
            for (JsonNode metric : rest.get(vertex + "/metrics?get=" + names)) {
                readings.add(
                        new Reading(metric.path("id").asText(), metric.path("value").asLong()));
            }
        }
        return readings;
    }

    private static Bytes bytes(List<Reading> readings) {
        return new Bytes(
                values(readings, Metric.HIGH_WATER).max().orElse(0),
                values(readings, Metric.BUDGET).max().orElse(0),
                values(readings, Metric.IN_MEMORY).sum(),
                values(readings, Metric.ON_DISK).sum());
    }

    private static LongStream values(List<Reading> readings, Metric metric) {
        return readings.stream()
                .filter(reading -> reading.name().endsWith(metric.end))
                .mapToLong(Reading::value);
    }
}
