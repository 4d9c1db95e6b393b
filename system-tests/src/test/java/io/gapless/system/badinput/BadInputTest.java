package io.gapless.system.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gapless.job.cli.Nvr;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What people do wrong is answered with one sentence, status 2, and nothing left running. */
class BadInputTest {
    @TempDir private static Path directory;

    @BeforeAll
    static void writeFiles() throws IOException {
        write("broken.yaml", "cameras: [{id: a, url: rtsp://h/1}");
        write("twice.yaml", "cameras:\n- {id: a, url: rtsp://h/1}\n- {id: a, url: rtsp://h/2}\n");
        write("unknown-key.yaml", "cameras:\n- {id: a, url: rtsp://h/1, pasword: s3cret}\n");
        write("scheme.yaml", "cameras:\n- {id: a, url: http://admin:s3cret@h/1}\n");
        write("no-host.yaml", "cameras:\n- {id: a, url: 'rtsp://admin:s3cret@/1'}\n");
        write("bad-port.yaml", "cameras:\n- {id: a, url: 'rtsp://h:99999/1'}\n");
        write("bad-id.yaml", "cameras:\n- {id: ../a, url: rtsp://h/1}\n");
        write("no-list.yaml", "camera: 7\n");
        write("env.yaml", camera("passwordEnv: GAPLESS_TEST_UNSET"));
        write("file.yaml", camera("passwordFile: no-such-file"));
        write("good.yaml", "cameras:\n- {id: a, url: rtsp://127.0.0.1:1/1}\n");
        write("a-file", "not a directory");
        Files.createDirectories(directory.resolve("empty/recordings"));
    }

    private static String camera(String password) {
        return "cameras:\n- {id: a, url: rtsp://h/1, username: admin, %s}\n".formatted(password);
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(mistakesWithCameras(), mistakesWithPlacesAndTimes(), mistakesWithRings())
                .flatMap(s -> s);
    }

    private static Stream<Arguments> mistakesWithRings() {
        return Stream.of(
                mistake("Missing required parameter", "ring"),
                mistake("nowhere is no directory", "ring @nowhere"),
                mistake("needs a secret", "ring @empty"),
                mistake("needs a secret", "ring @empty --listen 0.0.0.0:0 --open-to-this-host"),
                mistake("is no HOST:PORT", "ring @empty --listen 8484 --open-to-this-host"),
                mistake("missing does not exist", "ring @empty --secret-file @missing"),
                mistake("must be 8 to 512 characters", "ring @empty --secret-file @a-file"),
                mistake("GAPLESS_TEST_UNSET", "ring @empty --secret-env GAPLESS_TEST_UNSET"),
                mistake("mutually exclusive", "ring @empty --secret-env A --secret-file @a-file"),
                mistake("need each other", "ring @empty --tls-certificate @a-file"),
                mistake(
                        "TLS files",
                        "ring @empty --tls-certificate @a-file --tls-key @a-file --tls-trusted @a-file"));
    }

    private static Stream<Arguments> mistakesWithCameras() {
        return Stream.of(
                mistake("not valid YAML", "up --cameras @broken.yaml"),
                mistake("taken by an earlier camera", "up --cameras @twice.yaml"),
                mistake("pasword", "up --cameras @unknown-key.yaml"),
                mistake("must start with rtsp://", "up --cameras @scheme.yaml"),
                mistake("not a possible address", "up --cameras @no-host.yaml"),
                mistake("not a possible address", "up --cameras @bad-port.yaml"),
                mistake("must be 1 to 64 characters", "up --cameras @bad-id.yaml"),
                mistake("the key 'camera' is not known", "up --cameras @no-list.yaml"),
                mistake("GAPLESS_TEST_UNSET of 'passwordEnv' is not set", "up --cameras @env.yaml"),
                mistake("no-such-file of 'passwordFile' cannot be read", "up --cameras @file.yaml"),
                mistake("GAPLESS_TEST_UNSET", "cameras --cameras @env.yaml"),
                mistake("does not exist", "up --cameras @missing.yaml"),
                mistake("does not exist", "cameras --cameras @missing.yaml"),
                mistake("--cameras FILE", "cameras --data @nowhere"));
    }

    private static Stream<Arguments> mistakesWithPlacesAndTimes() {
        String range = " --from -2m --to -1m --out @out.mp4";
        return Stream.of(
                mistake("hdfs://127.0.0.1:1/x cannot be used", "up --archive hdfs://127.0.0.1:1/x"),
                mistake("nosuchfs", "up --archive nosuchfs://x/y"),
                mistake("--web-port must be 1 to 65535", "up --web-port 99999"),
                mistake("'x' is not an int", "up --hdfs-port x"),
                mistake("--replicas must be 0 to 4", "up --replicas 5"),
                mistake("--replicas must be 0 to 4", "up --replicas -1"),
                mistake("'1x' is not a duration", "up --for 1x"),
                mistake("a-file", "up --data @a-file"),
                mistake("Unknown options: '--camras', 'x'", "up --camras x"),
                mistake("Unmatched argument", "frobnicate"),
                mistake("no recordings in", "timeline a --data @nowhere"),
                mistake("must be 1 to 64 characters", "timeline a/b --archive @@empty"),
                mistake("holds nothing of camera a", "timeline a --archive @@empty"),
                mistake("no recordings yet", "verify --archive @@empty"),
                mistake("'noon' is not a time", "timeline a --from noon --archive @@empty"),
                mistake("before it starts", "timeline a --from now --to -1m --archive @@empty"),
                mistake("camera a", "export a --archive @@empty" + range),
                mistake("Missing required option", "export a --archive @@empty"),
                mistake("cannot be used", "verify --archive hdfs://127.0.0.1:1/x"),
                mistake("is not a fault", "simulate --fault cam-1:tired"),
                mistake("must be at least 1", "simulate --cameras 0"));
    }

    private static Arguments mistake(String sentence, String command) {
        return Arguments.of(command, sentence);
    }

    @ParameterizedTest(name = "nvr {0}")
    @MethodSource("mistakes")
    void isAnsweredWithOneSentence(String command, String sentence) {
        assertRefused(sentence, command);
    }

    @Test
    void portsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertRefused("port " + port + " is in use", "up --web-port " + port);
            assertRefused("port " + port + " is in use", "up --hdfs-port " + port);
            assertRefused("port " + port, "simulate --cameras 1 --size 320x240 --port " + port);
        }
    }

    @Test
    void aDirectoryThatMayNotBeWritten() {
        assumeThat(Files.isDirectory(Path.of("/proc"))).isTrue();
        assertRefused("/proc/gapless", "up --data /proc/gapless");
    }

    /** The lock is one of processes, so this takes one. */
    @Test
    void aSecondUpOnTheSameDirectory() throws Exception {
        Path data = Files.createDirectories(directory.resolve("locked/run")).getParent();
        try (FileChannel file =
                        FileChannel.open(
                                data.resolve("run/up.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            assertThat(lock.isValid()).isTrue();
            var result = io.gapless.system.nvr.Nvr.run(directory, "up", "--data", data);
            assertThat(result.status()).isEqualTo(2);
            assertOneSentence(result.err(), "another `nvr up` records into");
        }
    }

    private static void assertRefused(String sentence, String command) {
        StringWriter err = new StringWriter();
        CommandLine nvr = Nvr.commandLine().setErr(new PrintWriter(err, true));
        nvr.getSubcommands().values().forEach(c -> c.setErr(new PrintWriter(err, true)));
        int status = nvr.execute(arguments(command));
        assertThat(status).as(err.toString()).isEqualTo(2);
        assertOneSentence(err.toString(), sentence);
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(directory.resolve("data/run/hdfs.pid")).doesNotExist();
        assertThat(directory.resolve("data/run/primary.pid")).doesNotExist();
        assertThat(directory.resolve("data/run/replica.pid")).doesNotExist();
        assertThat(directory.resolve("data/run/simulator.pid")).doesNotExist();
    }

    private static String[] arguments(String command) {
        String text =
                command.startsWith("up") && !command.contains("--data") ? " --data @data" : "";
        return (command + text)
                .replace("@@", directory.toUri().toString())
                .replace("@", directory + "/")
                .split(" ", -1);
    }

    /** A usage error adds where help is to be found; the script may build first, and says so. */
    private static void assertOneSentence(String err, String sentence) {
        List<String> lines =
                err.lines()
                        .filter(line -> !line.matches("See: nvr .*|Building Gapless.*"))
                        .toList();
        assertThat(lines).singleElement().asString().containsPattern(sentence);
        assertThat(err).doesNotContain("s3cret").doesNotContain("Exception").doesNotContain("\tat");
    }
}
