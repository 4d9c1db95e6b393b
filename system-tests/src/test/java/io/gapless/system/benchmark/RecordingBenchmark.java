package io.gapless.system.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gapless.system.nvr.Eventually;
import io.gapless.system.nvr.Nvr;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
 * <p>System properties: {@code benchmark.cameras} (16), {@code benchmark.mbit} (16), {@code
 * benchmark.warmup} and {@code benchmark.window} (60 and 60 seconds).
 */
@Tag("benchmark")
class RecordingBenchmark {
    private static final int CAMERAS = Integer.getInteger("benchmark.cameras", 16);
    private static final int MEGABITS = Integer.getInteger("benchmark.mbit", 16);
    private static final Duration WARM_UP =
            Duration.ofSeconds(Integer.getInteger("benchmark.warmup", 60));
    private static final Duration WINDOW =
            Duration.ofSeconds(Integer.getInteger("benchmark.window", 60));
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private record Figure(double cpuSeconds, double gigabytes) {
        double secondsPerGigabyte() {
            return cpuSeconds / gigabytes;
        }

        @Override
        public String toString() {
            return "%.2f CPU s for %.2f GB: %.2f s/GB"
                    .formatted(cpuSeconds, gigabytes, secondsPerGigabyte());
        }
    }

    @TempDir private Path directory;

    @Test
    void secondsPerGigabyteBesideFfmpeg() throws Exception {
        Path catalogue = directory.resolve("cameras.yaml");
        int port = freePort();
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
                        "1920x1080",
                        "--catalogue",
                        catalogue);
        try {
            Eventually.holds("simulated cameras", START_LIMIT, () -> Files.exists(catalogue));
            Figure gapless = gapless(catalogue);
            Figure ffmpeg = ffmpeg(port);
            System.out.printf(
                    "%n%d cameras of %d Mbit/s, %d s after %d s of warm-up%n  gapless %s%n  ffmpeg  %s%n  ratio   %.2f%n",
                    CAMERAS,
                    MEGABITS,
                    WINDOW.toSeconds(),
                    WARM_UP.toSeconds(),
                    gapless,
                    ffmpeg,
                    gapless.secondsPerGigabyte() / ffmpeg.secondsPerGigabyte());
            assertThat(gapless.gigabytes())
                    .isCloseTo(
                            ffmpeg.gigabytes(),
                            org.assertj.core.data.Percentage.withPercentage(10));
        } finally {
            stop(simulator);
        }
    }

    private Figure gapless(Path catalogue) throws Exception {
        Path data = directory.resolve("data");
        Process up =
                Nvr.start(
                        directory.resolve("up.out"), "up", "--cameras", catalogue, "--data", data);
        double cpu;
        Instant from;
        Instant to;
        try {
            Path pidFile = data.resolve("run/primary.pid");
            Eventually.holds("the primary", START_LIMIT, () -> Files.exists(pidFile));
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            pass(WARM_UP);
            from = Instant.now();
            cpu = ProcessCpu.seconds(pid);
            pass(WINDOW);
            cpu = ProcessCpu.seconds(pid) - cpu;
            to = Instant.now();
        } finally {
            stop(up);
        }
        Nvr.Result verified =
                Nvr.run(directory, "verify", "--data", data, "--from", from, "--to", to, "--json");
        long bytes = 0;
        for (JsonNode camera : new ObjectMapper().readTree(verified.out()).path("cameras")) {
            bytes += camera.path("bytes").asLong();
        }
        return new Figure(cpu, bytes / 1e9);
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

    private static long size(List<Path> files) throws IOException {
        long sum = 0;
        for (Path file : files) {
            sum += Files.size(file);
        }
        return sum;
    }

    /** Lets a measuring window pass; there is nothing else to wait for. */
    private static void pass(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
