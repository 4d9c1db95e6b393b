package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cameras as they are: each has a script in {@code src/test/resources/cameras} that says what is
 * peculiar about it, and what should be recorded all the same.
 */
class CamerasTest {
    private static final List<String> KINDS =
            List.of("interruption", "sound", "video", "fragment ", "ends", "[0-9]|gap");

    static List<CameraScript> cameras() throws IOException {
        return CameraScript.all("cameras");
    }

    static List<CameraScript> dialogues() throws IOException {
        return CameraScript.all("dialogues");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cameras")
    void camera(CameraScript script) throws Exception {
        record(script);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dialogues")
    void dialogue(CameraScript script) throws Exception {
        record(script);
    }

    /** docs/cameras.md lists them. */
    @Test
    void everyKnownQuirkHasACamera() throws Exception {
        assertThat(cameras().stream().flatMap(c -> c.quirks().stream()).collect(Collectors.toSet()))
                .isEqualTo(IntStream.rangeClosed(1, 51).boxed().collect(Collectors.toSet()));
    }

    @Test
    void everyCameraIsDocumented() throws Exception {
        String documentation = Files.readString(Path.of("..", "docs", "cameras.md"));
        try (var files = Files.list(Path.of("src", "test", "resources", "cameras"))) {
            assertThat(files.map(f -> f.getFileName().toString().replace(".rtsp", "")))
                    .allMatch(name -> documentation.contains("`" + name + "`"));
        }
    }

    private static void record(CameraScript script) throws Exception {
        ScriptedClock clock = new ScriptedClock();
        FrameLog log = new FrameLog(ScriptedClock.START);
        RecorderRig rig = new RecorderRig(script.limits(), clock, clock);
        try (ScriptedCamera camera = new ScriptedCamera(script, clock)) {
            CameraRecorder recorder = rig.record(script.settingsFor(camera.uri()), log);
            camera.done().get(60, TimeUnit.SECONDS);
            awaitFrames(recorder, log, script);
            rig.stop();
        } finally {
            rig.close();
        }
        for (String kind : KINDS) {
            List<String> expected =
                    script.expected().stream().filter(l -> l.matches(kind(kind))).toList();
            boolean always =
                    kind.equals("interruption") || (kind.startsWith("[") && !hasNoFrames(script));
            if (always || !expected.isEmpty()) {
                assertThat(log.lines(kind)).as(kind).containsExactlyElementsOf(expected);
            }
        }
        assertThat(rig.memory.usedBytes()).isZero();
    }

    private static String kind(String pattern) {
        return "(?:" + pattern + ").*";
    }

    private static boolean hasNoFrames(CameraScript script) {
        return script.expected().stream().noneMatch(l -> l.matches("[0-9].*"));
    }

    private static void awaitFrames(CameraRecorder recorder, FrameLog log, CameraScript script)
            throws InterruptedException {
        long frames = script.expected().stream().filter(l -> l.matches("[0-9].*")).count();
        long interruptions =
                script.expected().stream().filter(l -> l.startsWith("interruption")).count();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < deadline
                && (recorder.counters().frames() < frames
                        || log.lines("interruption").size() < interruptions)) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
