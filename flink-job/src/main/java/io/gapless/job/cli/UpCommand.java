package io.gapless.job.cli;

import io.gapless.job.embedded.DataDirectory;
import io.gapless.job.embedded.Site;
import io.gapless.source.catalogue.CatalogueException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nvr up}: records until Ctrl-C, or for a while. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Records until Ctrl-C: an embedded HDFS, the primary and a replica, each its own process, restarted if it dies or hangs.",
            "What the primary misses, it fetches from the replica.",
            "Started again on the same DIR, it continues the same archive."
        })
final class UpCommand implements Callable<Integer> {
    @Mixin private ArchiveOptions location;

    @Option(
            names = "--cameras",
            paramLabel = "FILE",
            description = "Catalogue of cameras (YAML); without it, four simulated cameras.")
    private Optional<Path> catalogue;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = ShortDuration.class,
            description = "Stop by itself after recording for so long, for example 2m.")
    private Optional<Duration> duration;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Replicas, 0 to 4 (default: ${DEFAULT-VALUE}); each records all cameras once more.")
    private int replicas;

    @Option(
            names = "--web-port",
            paramLabel = "PORT",
            description =
                    "Port of the primary's Flink web UI; the replica's is the next, if it is free.")
    private Optional<Integer> webPort;

    @Option(names = "--hdfs-port", paramLabel = "PORT", description = "Port of the embedded HDFS.")
    private Optional<Integer> hdfsPort;

    @Override
    public Integer call() throws IOException, CatalogueException, InterruptedException {
        DataDirectory data = location.data();
        data.create();
        try (FileChannel lockFile =
                        FileChannel.open(
                                data.lockFile(),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = lockFile.tryLock()) {
            if (lock == null) {
                throw new IOException(
                        "another `nvr up` records into %s; give another --data"
                                .formatted(data.root()));
            }
            record(
                    data,
                    new Site.Request(catalogue, location.archive(), webPort, hdfsPort, replicas));
        }
        return 0;
    }

    private void record(DataDirectory data, Site.Request request)
            throws IOException, CatalogueException, InterruptedException {
        PrintStream out = System.out;
        CountDownLatch stopRequested = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitStop(stopRequested, stopped)));
        LiveTable table = new LiveTable(out, Terminal.showsOutput());
        try (Site site = Site.start(data, request, table::say)) {
            site.addresses().forEach(line -> out.printf("%-14s %s%n", line.what(), line.where()));
            watch(site, table, stopRequested);
            table.say("Stopping; what was recorded stays in " + site.archive() + " ...");
        } finally {
            stopped.countDown();
        }
    }

    private void watch(Site site, LiveTable table, CountDownLatch stopRequested)
            throws IOException, InterruptedException {
        WatchedRecorder primary = new WatchedRecorder(site.primaryWebUi());
        List<WatchedRecorder> replicas =
                site.replicaWebUis().stream().map(WatchedRecorder::new).toList();
        // Starting Flink takes seconds that nobody wants to be recorded for.
        Optional<Long> recordingSince = Optional.empty();
        while (!stopRequested.await(1, TimeUnit.SECONDS) && !isOver(recordingSince)) {
            if (table.isDue(System.nanoTime())) {
                draw(table, primary, replicas);
            } else if (recordingSince.isEmpty()) {
                primary.look();
            }
            if (recordingSince.isEmpty() && primary.hasRun()) {
                recordingSince = Optional.of(System.nanoTime());
            }
            site.check();
        }
    }

    private static void draw(
            LiveTable table, WatchedRecorder primary, List<WatchedRecorder> replicas)
            throws InterruptedException {
        RecorderStatus primaryStatus = primary.look();
        List<RecorderStatus> replicaStatus = new ArrayList<>();
        for (WatchedRecorder replica : replicas) {
            replicaStatus.add(replica.look());
        }
        if (primary.hasLooked() && replicas.stream().allMatch(WatchedRecorder::hasLooked)) {
            table.draw(primaryStatus, replicaStatus, System.nanoTime());
        }
    }

    private boolean isOver(Optional<Long> sinceNanos) {
        return duration.isPresent()
                && sinceNanos.isPresent()
                && System.nanoTime() - sinceNanos.get() >= duration.get().toNanos();
    }

    /** Ctrl-C and SIGTERM end the JVM as soon as this returns, so it waits for an orderly end. */
    private static void awaitStop(CountDownLatch stopRequested, CountDownLatch stopped) {
        stopRequested.countDown();
        try {
            stopped.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
