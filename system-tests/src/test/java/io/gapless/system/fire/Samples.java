package io.gapless.system.fire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What was measured while a scenario was played. For the sampler's thread until it has ended. */
final class Samples {
    /** Of a process, by {@code /proc}. */
    record OfProcess(Instant at, String process, long threads, long files, long residentKib) {}

    /** Of HDFS. */
    record OfLeases(Instant at, int open) {}

    private final List<OfProcess> processes = new ArrayList<>();
    private final List<OfLeases> leases = new ArrayList<>();
    private long memoryHighWater;
    private long memoryBudget;

    void add(OfProcess sample) {
        processes.add(sample);
    }

    void add(OfLeases sample) {
        leases.add(sample);
    }

    /** Of one subtask. */
    void memory(long highWater, long budget) {
        memoryHighWater = Math.max(memoryHighWater, highWater);
        memoryBudget = Math.max(memoryBudget, budget);
    }

    /** The most video that any TaskManager of the primary held, in bytes. */
    long memoryHighWater() {
        return memoryHighWater;
    }

    long memoryBudget() {
        return memoryBudget;
    }

    List<OfProcess> processes() {
        return processes;
    }

    List<OfLeases> leases() {
        return leases;
    }

    /** First, last and most of each process, as a Markdown table. */
    String table() {
        StringBuilder table =
                new StringBuilder(
                        """
                        | process | threads: first, last, most | open files | resident MiB |
                        |---|---|---|---|
                        """);
        for (String process : processes.stream().map(OfProcess::process).distinct().toList()) {
            List<OfProcess> own =
                    processes.stream().filter(s -> s.process().equals(process)).toList();
            table.append(
                    "| %s | %s | %s | %s |%n"
                            .formatted(
                                    process,
                                    course(own.stream().map(OfProcess::threads).toList()),
                                    course(own.stream().map(OfProcess::files).toList()),
                                    course(own.stream().map(s -> s.residentKib() >> 10).toList())));
        }
        List<Long> open = leases.stream().map(s -> (long) s.open()).toList();
        if (!open.isEmpty()) {
            table.append("%nFiles open for writing in HDFS: %s.%n".formatted(course(open)));
        }
        return table.toString();
    }

    private static String course(List<Long> values) {
        Optional<Long> most = values.stream().max(Comparator.naturalOrder());
        return "%d, %d, %d"
                .formatted(values.get(0), values.get(values.size() - 1), most.orElse(0L));
    }
}
