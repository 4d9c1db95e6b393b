package io.gapless.system.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.job.embedded.FreePort;
import io.gapless.system.nvr.Eventually;
import io.gapless.system.nvr.Nvr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * CPU seconds per GB recorded: the whole primary process, from RTSP to the HDFS client, beside
 * {@code ffmpeg -c copy}, one process a camera, on the same simulated cameras in the same run.
 * Simulator and HDFS servers run in processes of their own and are not counted. It measures and
 * prints; a shared machine is no place to assert speed.
 *
 * <p>Bytes are those that arrived on the disk in the window, of HDFS's blocks and of FFmpeg's
 * files. That the window's recording is whole is checked with {@code verify}, and that both got the
 * same video by their bytes.
 *
 * <p>System properties: {@code benchmark.cameras} (16), {@code benchmark.mbit} (16), {@code
 * benchmark.archive} ({@code hdfs} or {@code file}), {@code benchmark.warmup} and {@code
 * benchmark.window} (120 and 60 seconds).
 */
@Tag("benchmark")
class RecordingBenchmark {
    private static final int CAMERAS = Integer.getInteger("benchmark.cameras", 16);
    private static final int MEGABITS = Integer.getInteger("benchmark.mbit", 16);
    private static final boolean LOCAL = "file".equals(System.getProperty("benchmark.archive"));
    private static final Duration WARM_UP =
            Duration.ofSeconds(Integer.getInteger("benchmark.warmup", 120));
    private static final Duration WINDOW =
            Duration.ofSeconds(Integer.getInteger("benchmark.window", 60));
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private record Figure(double cpuSeconds, double gigabytes) {
        double secondsPerGigabyte() {
            return cpuSeconds / gigabytes;
        }

        @Override
        public String toString() {
            return "%.2f CPU s for %.2f GB: %.2f s/GB, %.1f Mbit/s a camera"
                    .formatted(
                            cpuSeconds,
                            gigabytes,
                            secondsPerGigabyte(),
                            gigabytes * 8e3 / WINDOW.toSeconds() / CAMERAS);
        }
    }

    @TempDir private Path directory;

    @Test
    void secondsPerGigabyteBesideFfmpeg() throws Exception {
        Nvr.run(directory, "--version"); // builds what is not yet built
        Path catalogue = directory.resolve("cameras.yaml");
        int port = FreePort.any();
        Process simulator =
                Nvr.start(
                        directory.resolve("simulator.out"),
                        "simulate",
                        "--cameras",
                        CAMERAS,
                        "--port",
                        port,
                        "--bitrate",
                        MEGABITS + "M",
                        "--size",
                        MEGABITS > 8 ? "1920x1080" : MEGABITS > 1 ? "1280x720" : "640x360",
                        "--catalogue",
                        catalogue);
        try {
            Eventually.holds("simulated cameras", START_LIMIT, () -> Files.exists(catalogue));
            System.out.printf(
                    "%n%d cameras of %d Mbit/s, %d s after %d s of warm-up%n",
                    CAMERAS, MEGABITS, WINDOW.toSeconds(), WARM_UP.toSeconds());
            Figure gapless = gapless(catalogue);
            System.out.printf("  gapless %s%n", gapless);
            Figure ffmpeg = ffmpeg(port);
            System.out.printf(
                    "  ffmpeg  %s%n  ratio   %.2f%n",
                    ffmpeg, gapless.secondsPerGigabyte() / ffmpeg.secondsPerGigabyte());
            // Both got the same video: the simulator drops frames for a client that is too slow.
            assertThat(gapless.gigabytes())
                    .isCloseTo(ffmpeg.gigabytes(), Percentage.withPercentage(5));
        } finally {
            stop(simulator);
        }
    }

    private Figure gapless(Path catalogue) throws Exception {
        Path data = directory.resolve("data");
        Path recordings = LOCAL ? directory.resolve("archive") : data.resolve("hdfs");
        List<Object> site = new ArrayList<>(List.of("--data", data));
        if (LOCAL) {
            site.addAll(List.of("--archive", Files.createDirectory(recordings).toUri()));
        }
        Process up =
                Nvr.start(
                        directory.resolve("up.out"),
                        command("up", site, "--cameras", catalogue, "--replicas", 0));
        Figure figure;
        Instant from;
        Instant to;
        try {
            Path pidFile = data.resolve("run/primary.pid");
            Eventually.holds("the primary", START_LIMIT, () -> Files.exists(pidFile));
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            pass(WARM_UP);
            from = Instant.now();
            figure = measure(pid, recordings);
            to = Instant.now();
        } finally {
            stop(up);
        }
        Nvr.Result verified =
                Nvr.run(directory, command("verify", site, "--from", from, "--to", to));
        assertThat(verified.status()).as(verified.out() + verified.err()).isZero();
        return figure;
    }

    private static Object[] command(String name, List<Object> site, Object... options) {
        return Stream.of(List.of(name), site, List.of(options)).flatMap(List::stream).toArray();
    }

    private static Figure measure(long pid, Path recordings) throws Exception {
        ThreadCpu threadsBefore = ThreadCpu.of(pid);
        double cpuBefore = ProcessCpu.seconds(pid);
        long bytesBefore = storedBytes(recordings);
        pass(WINDOW);
        double cpu = ProcessCpu.seconds(pid) - cpuBefore;
        double gigabytes = (storedBytes(recordings) - bytesBefore) / 1e9;
        ThreadCpu threads = ThreadCpu.of(pid);
        Map<String, Double> stages = threads.since(threadsBefore);
        double ended = cpu - stages.values().stream().mapToDouble(d -> d).sum();
        stages.forEach((stage, s) -> System.out.printf("  %6.3f  %s%n", s / gigabytes, stage));
        System.out.printf("  %6.3f  threads that have ended%n", ended / gigabytes);
        System.out.printf(
                "  %d threads, %s of memory%n", threads.count(), ProcessCpu.residentMemory(pid));
        return new Figure(cpu, gigabytes);
    }

    /**
     * Recordings, or what the DataNode has of them, on the disk, as {@link #size} is for FFmpeg.
     */
    private static long storedBytes(Path recordings) throws IOException {
        String names = LOCAL ? ".*" : "blk_\\d+";
        try (Stream<Path> files = Files.walk(recordings)) {
            return size(
                    files.filter(Files::isRegularFile)
                            .filter(f -> f.getFileName().toString().matches(names))
                            .toList());
        }
    }

    private Figure ffmpeg(int port) throws Exception {
        String program = Loader.load(ffmpeg.class);
        List<Process> processes = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        try {
            for (int camera = 1; camera <= CAMERAS; camera++) {
                Path file = directory.resolve("ffmpeg-%d.mp4".formatted(camera));
                files.add(file);
                processes.add(
                        new ProcessBuilder(
                                        program,
                                        "-loglevel",
                                        "error",
                                        "-rtsp_transport",
                                        "tcp",
                                        "-i",
                                        "rtsp://127.0.0.1:%d/cam-%d".formatted(port, camera),
                                        "-c",
                                        "copy",
                                        "-movflags",
                                        "frag_keyframe+empty_moov+default_base_moof",
                                        file.toString())
                                .redirectErrorStream(true)
                                .redirectOutput(
                                        directory
                                                .resolve("ffmpeg-%d.out".formatted(camera))
                                                .toFile())
                                .start());
            }
            List<Long> pids = processes.stream().map(Process::pid).toList();
            pass(WARM_UP);
            double cpu = ProcessCpu.seconds(pids);
            long bytes = size(files);
            pass(WINDOW);
            return new Figure(ProcessCpu.seconds(pids) - cpu, (size(files) - bytes) / 1e9);
        } finally {
            for (Process process : processes) {
                stop(process);
            }
        }
    }

    private static long size(List<Path> files) {
        // A block may move to another directory while we look; a length of 0 would show.
        return files.stream().mapToLong(file -> file.toFile().length()).sum();
    }

    /** Lets a measuring window pass; there is nothing else to wait for. */
    private static void pass(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
