package io.gapless.system.benchmark;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Processor time of a recorder's threads, by what they do for a recording. Read from {@code
 * /proc/PID/task}, where a thread's name has 15 characters at most.
 */
record ThreadCpu(Map<Long, Task> threads) {
    /** Beginnings of threads' names, and the stage they belong to; the first that fits. */
    private static final Map<String, String> STAGES = new LinkedHashMap<>();

    private static final String REST = "Flink: JobManager, RPC, metrics, web; timers";

    static {
        STAGES.put("cameras-", "receive, depacketize, digest (event loops)");
        STAGES.put("Source: cameras", "Flink's tasks: source, continuity, sink");
        STAGES.put("archive-io", "copy, checksum, hflush (archive-io)");
        STAGES.put("DataStreamer", "HDFS client: sending");
        STAGES.put("ResponseProcess", "HDFS client: acknowledgements");
        STAGES.put("IPC ", "HDFS client: NameNode");
        STAGES.put("LeaseRenewer", "HDFS client: NameNode");
        STAGES.put("C1 Compiler", "JIT compiler");
        STAGES.put("C2 Compiler", "JIT compiler");
        STAGES.put("GC Thread", "garbage collection");
        STAGES.put("G1 ", "garbage collection");
        STAGES.put("ZWorker", "garbage collection");
        STAGES.put("ZDirector", "garbage collection");
        STAGES.put("ZDriver", "garbage collection");
        STAGES.put("VM Thread", "garbage collection");
        STAGES.put("rocksdb", "RocksDB and checkpoints");
        STAGES.put("AsyncOperations", "RocksDB and checkpoints");
    }

    /** One thread's name and what it used since it began. */
    record Task(String name, double seconds) {}

    static ThreadCpu of(long pid) throws IOException {
        Map<Long, Task> threads = new HashMap<>();
        try (DirectoryStream<Path> tasks =
                Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks) {
                read(task, threads);
            }
        }
        return new ThreadCpu(threads);
    }

    private static void read(Path task, Map<Long, Task> into) {
        try {
            String name = Files.readString(task.resolve("comm")).strip();
            String nanos = Files.readString(task.resolve("schedstat")).split(" ", 2)[0];
            into.put(
                    Long.parseLong(task.getFileName().toString()),
                    new Task(name, Long.parseLong(nanos) / 1e9));
        } catch (IOException e) {
            // The thread has ended; it then counts for the process only.
        }
    }

    int count() {
        return threads.size();
    }

    /** Seconds of each stage since {@code before}, of threads that still live. */
    Map<String, Double> since(ThreadCpu before) {
        Map<String, Double> stages = new TreeMap<>();
        threads.forEach(
                (id, thread) -> {
                    Task then = before.threads.get(id);
                    double seconds = thread.seconds - (then == null ? 0 : then.seconds);
                    stages.merge(stage(thread.name), seconds, Double::sum);
                });
        return stages;
    }

    private static String stage(String name) {
        return STAGES.entrySet().stream()
                .filter(entry -> name.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(REST);
    }
}
