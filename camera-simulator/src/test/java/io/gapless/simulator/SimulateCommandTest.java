package io.gapless.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process, with the LGPL build of FFmpeg as people have it. */
final class SimulateCommandTest {
    private static final List<String> SMALL = List.of("--size", "320x240", "--bitrate", "500k");

    @Test
    void servesWritesTheCatalogueAndEndsOnSigterm(@TempDir Path directory) throws Exception {
        Path catalogue = directory.resolve("cameras.yaml");
        Process process =
                start(
                        "--port",
                        "0",
                        "--cameras",
                        "2",
                        "--catalogue",
                        catalogue.toString(),
                        "--replica-urls",
                        "--user",
                        "root",
                        "--password",
                        "p@ss");
        BufferedReader out = reader(process);
        String first = out.readLine();
        assertThat(first).matches("rtsp://127\\.0\\.0\\.1:\\d+/cam-1");
        assertThat(out.readLine()).endsWith("/cam-2");
        String url = first.replace("rtsp://", "rtsp://root:p%40ss@");
        assertThat(Files.readString(catalogue))
                .startsWith(
                        "cameras:\n  - id: cam-1\n    url: \"%s\"\n    replicaUrl: \"%s/replica\"\n"
                                .formatted(url, url));
        try (FfmpegClient client = new FfmpegClient(URI.create(url), "tcp")) {
            assertThat(client.read(5).flush().pictures).hasSize(5);
        }
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertRefused("port " + port + " at 127.0.0.1", "--port", port);
        }
    }

    @Test
    void h265WithoutItsEncoder() throws Exception {
        assertRefused("H.265 needs libx265", "--port", "0", "--codec", "h265");
    }

    @Test
    void anUnknownFault() throws Exception {
        assertRefused("'explode' is none of the faults", "--fault", "cam-1:explode@1s");
    }

    private static void assertRefused(String why, String... arguments) throws Exception {
        Process process = start(arguments);
        String output = reader(process).lines().collect(Collectors.joining("\n"));
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(output).startsWith("simulate: ").contains(why).doesNotContain("\n");
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", classPathWithoutGpl(), SimulateCommand.class.getName()));
        command.addAll(SMALL);
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String classPathWithoutGpl() {
        String all =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("-gpl"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
