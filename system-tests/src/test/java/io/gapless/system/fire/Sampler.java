package io.gapless.system.fire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at the processes of a site now and then, on a thread of its own, until closed. */
final class Sampler implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    /** Of what follows the name in {@code /proc/PID/stat}; see proc(5). */
    private static final int USER_TICKS = 11;

    private static final double TICKS_PER_SECOND = 100;

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
                video();
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
                } catch (IOException | UncheckedIOException e) {
                    // It has just died, or this is no Linux.
                }
            }
        }
    }

    private static Samples.OfProcess ofProcess(String name, Path proc) throws IOException {
        try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
            return new Samples.OfProcess(
                    Instant.now(),
                    name,
                    number(proc.resolve("status"), "Threads"),
                    files.count(),
                    number(proc.resolve("smaps_rollup"), "Pss"),
                    cpuSeconds(proc));
        }
    }

    /** What stands after a word and a colon; 0 if it is not there. */
    private static long number(Path file, String word) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(word + ":"))
                    .findFirst()
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .orElse(0L);
        }
    }

    /** Of user and kernel, in ticks of 10 ms; the name before them may hold anything but ')'. */
    private static double cpuSeconds(Path proc) throws IOException {
        String stat = Files.readString(proc.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]))
                / TICKS_PER_SECOND;
    }

    private void video() throws InterruptedException {
        HeldVideo.of(site.primary())
                .ifPresent(held -> samples.add(new Samples.OfVideo(Instant.now(), held)));
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
