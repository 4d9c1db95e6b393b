package io.gapless.archive.hold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.Eventually;
import io.gapless.media.CameraId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it spills, and the one that follows it. */
@Timeout(120)
class SpillAfterKillTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long ENOUGH_BYTES = 3L << 20;

    @TempDir private Path directory;

    @Test
    void whatLaySpiltIsTakenOverAndNothingElseIsLeft() throws Exception {
        long spilt = spillUntilKilled();

        SpillOptions spill = new SpillOptions(List.of(directory.toString()), 100L << 20);
        try (VideoHold heir = VideoHold.start(HoldLimits.RECORDER, spill, System::nanoTime)) {
            HeldEvents events = heir.camera(new CameraId("gate"), change -> {}, dropped -> {});
            // Told all at once.
            await("it is found", () -> adopt(events, heir) > 0);
            List<HeldFragment> found = pollAll(events);

            assertThat(found).allSatisfy(SpillAfterKillTest::isReadable);
            // One fragment may have been under way.
            assertThat(found.stream().mapToLong(HeldFragment::sizeBytes).sum())
                    .isGreaterThan(spilt - 2L * SpillingProcess.BYTES);
            assertThat(found.stream().map(each -> each.header().sequence()))
                    .doesNotHaveDuplicates();
            found.forEach(events::acknowledged);
            await("all video is deleted", () -> count(".mp4") == 0);
            assertThat(count("lock")).as("places of processes").isOne();
            events.close();
        }
        await("nothing is left", () -> count("") == 0);
    }

    /** What had been said to lie on the disk before the kill. */
    private long spillUntilKilled() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SpillingProcess.class.getName(),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            long spilt = 0;
            while (spilt < ENOUGH_BYTES) {
                spilt = Long.parseLong(said.readLine());
            }
            return spilt;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static int adopt(HeldEvents events, VideoHold heir) {
        List<HeldFragment> found = heir.takeLeftovers().getOrDefault(events.camera(), List.of());
        events.adopt(found);
        return found.size();
    }

    private static List<HeldFragment> pollAll(HeldEvents events) {
        List<HeldFragment> polled = new ArrayList<>();
        for (var next = events.poll(); next.isPresent(); next = events.poll()) {
            polled.add((HeldFragment) next.get());
        }
        return polled;
    }

    private static void isReadable(HeldFragment fragment) throws IOException {
        try (FragmentBytes opened = fragment.open()) {
            opened.copyTo(bytes -> bytes.position(bytes.limit()));
        }
    }

    private static void await(String what, Eventually.Condition condition) throws Exception {
        Eventually.await(what, PATIENCE, condition);
    }

    /** Files whose names end so, and directories if that is empty. */
    private long count(String end) throws IOException {
        try (Stream<Path> left = Files.walk(directory)) {
            return left.skip(1).filter(path -> path.toString().endsWith(end)).count();
        } catch (UncheckedIOException e) {
            return 1; // something was deleted meanwhile
        }
    }
}
