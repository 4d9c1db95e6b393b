package io.gapless.system.fire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What was measured while a scenario was played. For the sampler's thread until it has ended. */
final class Samples {
    /**
     * Of a process, by {@code /proc}.
     *
     * @param memoryKib resident, and each page counted once, however often it is mapped: by ZGC
     *     three times
     * @param cpuSeconds since it was started
     */
    record OfProcess(
            Instant at,
            String process,
            long threads,
            long files,
            long memoryKib,
            double cpuSeconds) {}

    /** Of the primary. */
    record OfVideo(Instant at, HeldVideo.Bytes held) {}

    /** Of HDFS. */
    record OfLeases(Instant at, int open) {}

    private final List<OfProcess> processes = new ArrayList<>();
    private final List<OfLeases> leases = new ArrayList<>();
    private final List<OfVideo> video = new ArrayList<>();

    void add(OfProcess sample) {
        processes.add(sample);
    }

    void add(OfLeases sample) {
        leases.add(sample);
    }

    void add(OfVideo sample) {
        video.add(sample);
    }

    /** The most video that any TaskManager of the primary held in memory, in bytes. */
    long memoryHighWater() {
        return video.stream().mapToLong(sample -> sample.held().highWater()).max().orElse(0);
    }

    long memoryBudget() {
        return video.stream().mapToLong(sample -> sample.held().budget()).max().orElse(0);
    }

    List<OfVideo> video() {
        return video;
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
                        | process | threads: first, last, most | open files | memory, MiB | processor |
                        |---|---|---|---|---|
                        """);
        for (String process : processes.stream().map(OfProcess::process).distinct().toList()) {
            List<OfProcess> own =
                    processes.stream().filter(s -> s.process().equals(process)).toList();
            table.append(
                    "| %s | %s | %s | %s | %.1f s |%n"
                            .formatted(
                                    process,
                                    course(own.stream().map(OfProcess::threads).toList()),
                                    course(own.stream().map(OfProcess::files).toList()),
                                    course(own.stream().map(s -> s.memoryKib() >> 10).toList()),
                                    cpuSeconds(own)));
        }
        List<Long> open = leases.stream().map(s -> (long) s.open()).toList();
        if (!open.isEmpty()) {
            table.append("%nFiles open for writing in HDFS: %s.%n".formatted(course(open)));
        }
        return table.append(CatchUp.of(video)).toString();
    }

    /** All of it, for drawing. */
    List<String> csv() {
        List<String> lines = new ArrayList<>();
        lines.add("at,process,threads,files,memoryKib,cpuSeconds");
        for (OfProcess sample : processes) {
            lines.add(
                    line(
                            sample.at(),
                            sample.process(),
                            sample.threads(),
                            sample.files(),
                            sample.memoryKib(),
                            sample.cpuSeconds()));
        }
        for (OfVideo sample : video) {
            lines.add(
                    line(sample.at(), "video in memory", 0, 0, sample.held().inMemory() >> 10, 0));
            lines.add(line(sample.at(), "video on disk", 0, 0, sample.held().onDisk() >> 10, 0));
        }
        leases.forEach(sample -> lines.add(line(sample.at(), "leases", 0, sample.open(), 0, 0)));
        return lines;
    }

    private static String line(
            Instant at, String of, long threads, long files, long memoryKib, double cpuSeconds) {
        return "%s,%s,%d,%d,%d,%.2f".formatted(at, of, threads, files, memoryKib, cpuSeconds);
    }

    /** Each start of the process counts from nothing again. */
    private static double cpuSeconds(List<OfProcess> samples) {
        double sum = 0;
        for (int i = 1; i < samples.size(); i++) {
            double before = samples.get(i - 1).cpuSeconds();
            double now = samples.get(i).cpuSeconds();
            sum += now < before ? now : now - before;
        }
        return sum;
    }

    private static String course(List<Long> values) {
        Optional<Long> most = values.stream().max(Comparator.naturalOrder());
        return "%d, %d, %d"
                .formatted(values.get(0), values.get(values.size() - 1), most.orElse(0L));
    }
}
