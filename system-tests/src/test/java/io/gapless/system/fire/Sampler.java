package io.gapless.system.fire;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at the processes of a site now and then, on a thread of its own, until closed. */
final class Sampler implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final String HIGH_WATER = ".media.memoryHighWaterBytes";
    private static final String BUDGET = ".media.memoryBudgetBytes";

    private final FireSite site;
    private final Samples samples = new Samples();
    private final Thread thread = new Thread(this::sample, "sampler");

    Sampler(FireSite site) {
        this.site = site;
        thread.setDaemon(true);
        thread.start();
    }

    private void sample() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                processes();
                memory();
                leases();
                Thread.sleep(INTERVAL.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void processes() {
        for (SiteProcess process : site.processes().all()) {
            Optional<Long> pid = process.pid();
            if (pid.isPresent() && process.name().contains("taskmanager")) {
                try {
                    samples.add(ofProcess(process.name(), Path.of("/proc", pid.get() + "")));
                } catch (IOException e) {
                    // It has just died, or this is no Linux.
                }
            }
        }
    }

    private static Samples.OfProcess ofProcess(String name, Path proc) throws IOException {
        Map<String, Long> status = new HashMap<>();
        for (String line : Files.readAllLines(proc.resolve("status"))) {
            String[] parts = line.split("[:\\s]+", -1);
            if (parts.length > 1 && parts[1].matches("\\d+")) {
                status.put(parts[0], Long.parseLong(parts[1]));
            }
        }
        try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
            return new Samples.OfProcess(
                    Instant.now(),
                    name,
                    status.getOrDefault("Threads", 0L),
                    files.count(),
                    status.getOrDefault("VmRSS", 0L));
        }
    }

    private void memory() throws InterruptedException {
        Optional<FlinkJobs.Running> running = site.primary().running();
        if (running.isEmpty()) {
            return;
        }
        try {
            String job = "/jobs/" + running.get().job();
            for (JsonNode vertex : running.get().rest().get(job).path("vertices")) {
                memory(running.get(), job + "/vertices/" + vertex.path("id").asText());
            }
        } catch (IOException e) {
            // The JobManager is away.
        }
    }

    private void memory(FlinkJobs.Running job, String vertex)
            throws IOException, InterruptedException {
        List<String> wanted = new ArrayList<>();
        for (JsonNode metric : job.rest().get(vertex + "/metrics")) {
            String id = metric.path("id").asText();
            if (id.endsWith(HIGH_WATER) || id.endsWith(BUDGET)) {
                wanted.add(id);
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        long highWater = 0;
        long budget = 0;
        String names = String.join(",", wanted);
        for (JsonNode metric : job.rest().get(vertex + "/metrics?get=" + names)) {
            long value = metric.path("value").asLong();
            if (metric.path("id").asText().endsWith(HIGH_WATER)) {
                highWater = Math.max(highWater, value);
            } else {
                budget = Math.max(budget, value);
            }
        }
        samples.memory(highWater, budget);
    }

    private void leases() {
        try {
            samples.add(new Samples.OfLeases(Instant.now(), site.hdfs().openFiles()));
        } catch (IOException e) {
            // The NameNode is away.
        }
    }

    Samples samples() {
        return samples;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
