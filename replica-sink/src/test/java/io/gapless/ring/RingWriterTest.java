package io.gapless.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.testing.FFmpegTools;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RingWriterTest {
    @TempDir private Path directory;

    private List<String> names(List<Path> files) {
        return files.stream()
                .map(f -> directory.relativize(f).toString().replaceAll("-[a-z0-9]+\\.mp4", ".mp4"))
                .toList();
    }

    @Test
    void everySegmentPlaysAndHoldsEachFrame() throws Exception {
        List<FragmentHeader> sent;
        try (TestRing ring = TestRing.of(directory)) {
            TestCamera camera = ring.camera("front");
            ring.write(camera, 70);
            sent = camera.sent();
        }
        List<Path> files = RingFiles.all(directory);
        assertThat(names(files))
                .containsExactly(
                        "recordings/2026-11-22/front/142233.500Z.mp4",
                        "recordings/2026-11-22/front/142333.500Z.mp4");
        assertThat(FFmpegTools.packets(files.get(0), "v")).hasSize(60 * TestCamera.FRAMES);
        assertThat(FFmpegTools.packets(files.get(1), "v")).hasSize(10 * TestCamera.FRAMES);
        for (Path file : files) {
            assertThat(FFmpegTools.decodingErrors(file)).isEmpty();
        }
        RingContents contents =
                new RingIndex(new RingDirectories(List.of(directory)))
                        .read(sent.get(0).camera(), TestRing.ALWAYS);
        assertThat(contents.entries().stream().map(RingEntry::header)).isEqualTo(sent);
        assertThat(contents.oldest()).contains(sent.get(0).start());
        assertThat(contents.newest()).contains(sent.get(69).end());
    }

    @Test
    void aGrowingSegmentPlaysAndIsReadAsItIs() throws Exception {
        try (TestRing ring = TestRing.of(directory)) {
            TestCamera camera = ring.camera("front");
            RingIndex index = new RingIndex(ring.directories);
            for (int i = 1; i <= 20; i++) {
                ring.write(camera, 1);
                ring.awaitWritten(i);
                assertThat(index.read(camera.id(), TestRing.ALWAYS).entries())
                        .extracting(RingEntry::header)
                        .isEqualTo(camera.sent());
            }
            List<Path> open = RingFiles.open(directory);
            assertThat(open).hasSize(1);
            assertThat(FFmpegTools.decodingErrors(open.get(0))).isEmpty();
            assertThat(FFmpegTools.packets(open.get(0), "v")).hasSize(20 * TestCamera.FRAMES);
        }
    }

    @Test
    void aSegmentEndsWithTheHourTheConfigurationAndWhenTimeRunsBackwards() throws Exception {
        try (TestRing ring = TestRing.of(directory)) {
            TestCamera camera =
                    new TestCamera("c", ring.memory, Instant.parse("2026-11-22T14:59:58Z"));
            ring.write(camera, 4);
            camera.changePicture();
            ring.write(camera, 2);
            camera.reconnect(-1000);
            ring.write(camera, 1);
            ring.writer.close(Duration.ofSeconds(10));
            assertThat(ring.headers(camera.id())).hasSameElementsAs(camera.sent());
        }
        assertThat(names(RingFiles.all(directory)))
                .containsExactly(
                        "recordings/2026-11-22/c/144324.000Z.mp4",
                        "recordings/2026-11-22/c/145958.000Z.mp4",
                        "recordings/2026-11-22/c/150000.000Z.mp4",
                        "recordings/2026-11-22/c/150002.000Z.mp4");
    }

    @Test
    void aSilentCamerasSegmentIsFinished() throws Exception {
        RingOptions options = TestRing.options();
        RingOptions impatient =
                new RingOptions(
                        options.limits(),
                        options.queueBytes(),
                        options.segmentDuration(),
                        Duration.ofMillis(50),
                        options.writeDeadline(),
                        options.firstRetry(),
                        options.lastRetry(),
                        options.trimInterval());
        try (TestRing ring = new TestRing(List.of(directory), impatient, new FaultyFiles())) {
            TestCamera camera = ring.camera("front");
            ring.write(camera, 2);
            Eventually.await("it is finished", () -> RingFiles.finished(directory).size() == 1);
            ring.write(camera, 2);
            Eventually.await("so is the next", () -> RingFiles.finished(directory).size() == 2);
            assertThat(ring.headers(camera.id())).isEqualTo(camera.sent());
        }
    }

    @Test
    void aSegmentSaysOnceWhyTheVideoStopped() throws Exception {
        try (TestRing ring = TestRing.of(directory)) {
            TestCamera camera = ring.camera("front");
            ring.writer.write(camera.interrupted(GapCause.CAMERA_UNREACHABLE));
            ring.write(camera, 2);
            ring.writer.write(camera.interrupted(GapCause.CAMERA_SILENT));
            ring.writer.write(camera.interrupted(GapCause.CAMERA_UNREACHABLE));
            camera.reconnect(20);
            ring.write(camera, 2);
            ring.writer.close(Duration.ofSeconds(10));
            RingContents contents =
                    new RingIndex(ring.directories).read(camera.id(), TestRing.ALWAYS);
            assertThat(contents.entries()).hasSize(4);
            assertThat(contents.interruptions())
                    .extracting(i -> i.cause())
                    .containsExactly(GapCause.CAMERA_SILENT);
        }
        assertThat(RingFiles.finished(directory)).hasSize(1);
    }

    @Test
    void manyCamerasAndTwoWritersShareOneDirectory() throws Exception {
        try (TestRing first = TestRing.of(directory);
                TestRing second = TestRing.of(directory)) {
            for (int i = 0; i < 8; i++) {
                TestCamera here = first.camera("camera-" + i);
                TestCamera there = second.camera("camera-" + i);
                first.write(here, 3);
                second.write(there, 3);
            }
            first.awaitWritten(24);
            second.awaitWritten(24);
            RingIndex index = new RingIndex(first.directories);
            assertThat(index.cameras()).hasSize(8);
            for (var camera : index.cameras()) {
                assertThat(index.read(camera, TestRing.ALWAYS).entries()).hasSize(6);
            }
        }
        assertThat(RingFiles.finished(directory)).hasSize(16);
    }
}
