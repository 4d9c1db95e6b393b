package io.gapless.system.camera;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.simulator.rtsp.Access;
import io.gapless.simulator.rtsp.AccessScheme;
import io.gapless.system.nvr.Eventually;
import io.gapless.system.site.RecordingSite;
import io.gapless.system.site.StoredVideo;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wherever a camera's password stands, it is in no file, command line or answer of ours; nor is the
 * ring's secret, but in its own file.
 */
class PasswordsTest {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String USER = "viewer";
    private static final String VARIABLE = "GAPLESS_PASSWORDS_TEST";

    /** Camera to password; the wrong one is what the catalogue says, not what the camera wants. */
    private static final Map<String, String> PASSWORDS =
            Map.of(
                    "url", "Url@Secret:71",
                    "inline", "Inline/Secret 72",
                    "env", "Env?Secret&73",
                    "file", "File\"Secret#74",
                    "wrong", "Wrong%Secret!75");

    private static final List<String> GOOD = List.of("url", "inline", "env", "file");

    private static final String RING_SECRET = "run/ring.secret";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> secrets = new ArrayList<>(PASSWORDS.values());

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir private Path directory;

    @Test
    void standNowhere() throws Exception {
        try (SimulatedCameras cameras = cameras();
                RecordingSite site =
                        RecordingSite.startWithReplicas(
                                directory,
                                catalogue(cameras),
                                1,
                                Map.of(VARIABLE, PASSWORDS.get("env")));
                StoredVideo video = site.storedVideo()) {
            awaitVideo(cameras, video);
            secrets.add(Files.readString(site.data().resolve(RING_SECRET)).strip());
            assertNoneIn("a command line", commandLines());
            assertNoneIn("the REST APIs", restAnswers());
            site.kill("replica");
            site.kill("primary");
            awaitVideo(cameras, video);
            assertNoneIn("a command line", commandLines());
            site.stop();
            assertNoneInFiles(site.data());
            assertNoneIn("the output", Files.readString(directory.resolve("up.out")));
            assertThat(Files.readString(site.data().resolve("logs/primary.log")))
                    .as("the refused camera is named")
                    .containsPattern("WARN .*camera wrong .*401");
        }
    }

    private static SimulatedCameras cameras() throws Exception {
        SimulatedCameras.Builder builder = SimulatedCameras.builder();
        PASSWORDS.forEach(
                (name, password) ->
                        builder.camera(
                                CameraSpec.named(name)
                                        .withVideo(
                                                v ->
                                                        v.withSize(320, 240)
                                                                .withBitsPerSecond(300_000))
                                        .withAccess(
                                                new Access(
                                                        name.equals("inline")
                                                                ? AccessScheme.BASIC
                                                                : AccessScheme.DIGEST,
                                                        USER,
                                                        name.equals("wrong") ? "x" : password))));
        return builder.start();
    }

    private Path catalogue(SimulatedCameras cameras) throws IOException {
        Path secret = directory.resolve("secret");
        Files.writeString(secret, PASSWORDS.get("file") + "\n");
        String inUrl = USER + ":" + encoded(PASSWORDS.get("url")) + "@";
        String user = "username: " + USER;
        return Files.writeString(
                directory.resolve("cameras.yaml"),
                "cameras:\n"
                        + "- {id: url, url: '%s'}\n"
                                .formatted(
                                        cameras.uri("url").toString().replace("//", "//" + inUrl))
                        + "- {id: inline, url: '%s', %s, password: '%s'}\n"
                                .formatted(cameras.uri("inline"), user, PASSWORDS.get("inline"))
                        + "- {id: env, url: '%s', %s, passwordEnv: %s}\n"
                                .formatted(cameras.uri("env"), user, VARIABLE)
                        + "- {id: file, url: '%s', %s, passwordFile: secret}\n"
                                .formatted(cameras.uri("file"), user)
                        + "- {id: wrong, url: '%s', %s, password: '%s'}\n"
                                .formatted(cameras.uri("wrong"), user, PASSWORDS.get("wrong")));
    }

    private static void awaitVideo(SimulatedCameras cameras, StoredVideo video) throws Exception {
        for (String camera : GOOD) {
            long sent = cameras.frameCount(camera);
            Eventually.holds(
                    camera + " is recorded",
                    LIMIT,
                    () ->
                            video.frames(camera).stream()
                                    .anyMatch(frame -> frame.mark().counter() >= sent));
        }
    }

    /** Of the recorder's processes, which all are our descendants. */
    private static String commandLines() {
        List<String> lines = new ArrayList<>();
        ProcessHandle.current()
                .descendants()
                .forEach(
                        process -> {
                            try {
                                lines.add(
                                        Files.readString(
                                                Path.of("/proc/" + process.pid() + "/cmdline"),
                                                ISO_8859_1));
                            } catch (IOException e) {
                                // It has ended meanwhile.
                            }
                        });
        assertThat(lines).hasSizeGreaterThanOrEqualTo(3);
        return String.join("\n", lines);
    }

    /** What each Flink tells everybody of its job, its configuration and its cameras. */
    private String restAnswers() throws Exception {
        Matcher address =
                Pattern.compile("Flink web UI\\s+(\\S+)")
                        .matcher(Files.readString(directory.resolve("up.out")));
        StringBuilder answers = new StringBuilder();
        while (address.find()) {
            answers.append(restAnswers(URI.create(address.group(1))));
        }
        assertThat(answers).contains("Gapless primary").contains("Gapless replica");
        return answers.toString();
    }

    private String restAnswers(URI web) throws Exception {
        AtomicReference<String> cameras = new AtomicReference<>("");
        // It may just have been started, and fetches metrics after they were first asked for.
        Eventually.holds(
                "the cameras' metrics at " + web,
                LIMIT,
                () -> {
                    try {
                        cameras.set(jobAnswers(web));
                    } catch (ConnectException e) {
                        return false;
                    }
                    return cameras.get().contains("camera.inline");
                });
        return String.join(
                "\n", cameras.get(), get(web, "/jobmanager/config"), get(web, "/taskmanagers"));
    }

    private String jobAnswers(URI web) throws IOException, InterruptedException {
        StringBuilder answers = new StringBuilder();
        for (JsonNode job : JSON.readTree(get(web, "/jobs")).path("jobs")) {
            String path = "/jobs/" + job.path("id").asText();
            String detail = get(web, path);
            answers.append(detail);
            for (String about : List.of("/config", "/plan", "/exceptions", "/checkpoints")) {
                answers.append(get(web, path + about));
            }
            for (JsonNode vertex : JSON.readTree(detail).path("vertices")) {
                String id = path + "/vertices/" + vertex.path("id").asText();
                answers.append(get(web, id)).append(get(web, id + "/metrics"));
            }
        }
        return answers.toString();
    }

    private String get(URI web, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(web.resolve(path)).build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private void assertNoneInFiles(Path root) throws IOException {
        StringBuilder names = new StringBuilder();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                names.append(file).append('\n');
                if (Files.isRegularFile(file) && !file.endsWith(RING_SECRET)) {
                    assertNoneIn(file.toString(), Files.readString(file, ISO_8859_1));
                }
            }
        }
        assertNoneIn("a file's name", names.toString());
        assertThat(names).as("checkpoints, logs, blocks").contains("savepoint", "log", "blk_");
    }

    private void assertNoneIn(String where, String text) {
        for (String password : secrets) {
            for (String form : forms(password)) {
                assertThat(text.contains(form))
                        .as("%s holds the password '%s' as '%s'", where, password, form)
                        .isFalse();
            }
        }
    }

    private static List<String> forms(String password) {
        String both = USER + ":" + password;
        return List.of(
                password,
                encoded(password),
                password.replace("\"", "\\\""),
                new String(password.getBytes(UTF_8), ISO_8859_1),
                Base64.getEncoder().encodeToString(both.getBytes(UTF_8)),
                Base64.getEncoder().encodeToString(password.getBytes(UTF_8)).replace("=", ""));
    }

    private static String encoded(String password) {
        return URLEncoder.encode(password, UTF_8).replace("+", "%20");
    }
}
