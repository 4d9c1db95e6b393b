package io.gapless.archive;

import com.sun.management.OperatingSystemMXBean;
import io.gapless.archive.ArchiveWriterOptions.Output;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What writing to HDFS costs by each {@link Output}, alternately, in CPU seconds of this process
 * per GB: fragments from cold memory, a flush after each. {@code serve} is the HDFS it needs in a
 * process of its own; arguments are otherwise its address and how many files, MB a fragment, MB/s
 * in all (0: as fast as it goes) and rounds.
 */
final class OutputCost {
    private static final Logger LOG = LoggerFactory.getLogger(OutputCost.class);
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int MEMORY_BYTES = 256 << 20;
    private static final long ROUND_BYTES = 1L << 30;

    private final List<ByteBuffer> memory = new ArrayList<>();
    private final int files;
    private final int fragmentBytes;
    private final long bytesPerSecond;
    private int next;

    private OutputCost(int files, int fragmentBytes, long bytesPerSecond) {
        this.files = files;
        this.fragmentBytes = fragmentBytes;
        this.bytesPerSecond = bytesPerSecond;
        byte[] noise = new byte[CHUNK_BYTES];
        new Random(1).nextBytes(noise);
        for (int i = 0; i < MEMORY_BYTES / CHUNK_BYTES; i++) {
            memory.add(ByteBuffer.allocateDirect(CHUNK_BYTES).put(noise).flip());
        }
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("serve")) {
            serve();
        } else {
            OutputCost cost =
                    new OutputCost(
                            Integer.parseInt(arguments[1]),
                            (int) (Double.parseDouble(arguments[2]) * (1 << 20)),
                            Long.parseLong(arguments[3]) << 20);
            for (int round = 0; round < Integer.parseInt(arguments[4]); round++) {
                for (Output output : Output.values()) {
                    cost.round(URI.create(arguments[0]), output);
                }
            }
        }
    }

    private static void serve() throws Exception {
        java.nio.file.Path directory = Files.createTempDirectory("output-cost");
        try (MiniHdfs hdfs = MiniHdfs.start(directory, 1)) {
            LOG.info("serving {}", hdfs.root());
            int end = System.in.read();
            LOG.info("ended by {}", end);
        }
    }

    private void round(URI root, Output output) throws Exception {
        Configuration client = new Configuration();
        client.setInt("dfs.replication", 1);
        try (Archive archive = Archive.openForWriting(root, client)) {
            Path directory = new Path(new Path(root), "cost");
            List<RecordingOutput> outputs = new ArrayList<>();
            for (int i = 0; i < files; i++) {
                outputs.add(
                        archive.create(
                                new Path(directory, output + "-" + i),
                                ArchiveWriterOptions.defaults()
                                        .withBlockSizeBytes(128L << 20)
                                        .withOutput(output)));
            }
            long cpu = cpuNanos();
            long begun = System.nanoTime();
            long bytes = 0;
            while (bytes < ROUND_BYTES) {
                for (RecordingOutput each : outputs) {
                    write(each);
                    bytes += fragmentBytes;
                    pace(begun, bytes);
                }
            }
            long used = cpuNanos() - cpu;
            long took = System.nanoTime() - begun;
            LOG.info(
                    "{}: {} s/GB, {} MB/s, {} threads",
                    output,
                    "%.3f".formatted((double) used / bytes),
                    "%.1f".formatted(bytes * 1e3 / took),
                    Thread.activeCount());
            for (RecordingOutput each : outputs) {
                each.close();
            }
            archive.fileSystem().delete(directory, true);
        }
    }

    private void write(RecordingOutput out) throws Exception {
        for (int left = fragmentBytes; left > 0; left -= CHUNK_BYTES) {
            ByteBuffer chunk = memory.get(next++ % memory.size()).duplicate();
            out.write(chunk.limit(Math.min(left, CHUNK_BYTES)));
        }
        out.flush();
    }

    private void pace(long begun, long bytes) {
        if (bytesPerSecond > 0) {
            long due = begun + bytes * Duration.ofSeconds(1).toNanos() / bytesPerSecond;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
