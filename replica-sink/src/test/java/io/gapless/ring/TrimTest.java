package io.gapless.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraId;
import io.gapless.media.layout.RecordingName;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trims files that a test laid out: of the right name and length, without content. */
class TrimTest {
    private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");
    private static final long MEGABYTE = 1 << 20;

    @TempDir private Path directory;
    private final RingUsage usage = new RingUsage();
    private final FaultyFiles files = new FaultyFiles();
    private int ordinal;

    private RingTrimmer trimmer(Path disk, long maxBytes, Duration maxAge, long reserve) {
        return new RingTrimmer(
                disk,
                files,
                TestRing.options(
                        new RingLimits(maxBytes, maxAge, reserve), RingOptions.MIN_QUEUE_BYTES),
                InstantSource.fixed(NOW),
                System::nanoTime,
                usage);
    }

    private Path segment(Path disk, String camera, Duration age, String suffix) throws IOException {
        RecordingName name = RecordingName.of(NOW.minus(age), "w", ordinal++);
        Path parent = RingDirectories.cameraDay(disk, name.day(), new CameraId(camera));
        Files.createDirectories(parent);
        Path file = parent.resolve(name + suffix);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(MEGABYTE);
        }
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
        return file;
    }

    private Path minutesOld(Path disk, String camera, int minutes) throws IOException {
        return segment(disk, camera, Duration.ofMinutes(minutes), ".mp4");
    }

    @Test
    void whatIsTooOldGoesWithItsDirectories() throws Exception {
        Path old = minutesOld(directory, "a", 24 * 60 + 62);
        Path leftOpen = segment(directory, "b", Duration.ofHours(30), ".mp4.open");
        Path young = minutesOld(directory, "a", 24 * 60 + 58);
        RingTrimmer trimmer = trimmer(directory, Long.MAX_VALUE, Duration.ofHours(25), 0);
        assertThat(trimmer.trim()).isFalse();
        assertThat(RingFiles.all(directory)).containsExactly(young);
        for (Path empty : List.of(leftOpen.getParent(), leftOpen.getParent().getParent())) {
            assertThat(empty).exists();
            Files.setLastModifiedTime(empty, FileTime.from(NOW.minusSeconds(90)));
            trimmer.trim();
            trimmer.trim();
        }
        assertThat(leftOpen.getParent()).doesNotExist();
        assertThat(old.getParent()).exists();
    }

    @Test
    void theOldestGoFirstWhateverTheirCameraAndDisk() throws Exception {
        Path a = directory.resolve("a");
        Path b = directory.resolve("b");
        minutesOld(a, "quiet", 50);
        Path second = minutesOld(a, "quiet", 20);
        minutesOld(b, "busy", 40);
        minutesOld(b, "busy", 30);
        Path last = minutesOld(b, "busy", 10);
        RingTrimmer onA = trimmer(a, 2 * MEGABYTE, Duration.ofDays(1), 0);
        RingTrimmer onB = trimmer(b, 2 * MEGABYTE, Duration.ofDays(1), 0);
        for (int round = 0; round < 2; round++) {
            onA.trim();
            onB.trim();
        }
        assertThat(RingFiles.all(a)).containsExactly(second);
        assertThat(RingFiles.all(b)).containsExactly(last);
    }

    @Test
    void aReserveStaysFreeOnEachDisk() throws Exception {
        files.size(directory, 10 * MEGABYTE);
        for (int i = 0; i < 9; i++) {
            minutesOld(directory, "c", 100 - i);
        }
        RingTrimmer trimmer = trimmer(directory, Long.MAX_VALUE, Duration.ofDays(1), 4 * MEGABYTE);
        trimmer.trim();
        assertThat(RingFiles.all(directory)).hasSize(6);
        trimmer.makeRoom(MEGABYTE / 2);
        trimmer.makeRoom(MEGABYTE / 2);
        assertThat(RingFiles.all(directory)).hasSize(5);
    }

    @Test
    void growingSegmentsNeverGoAndThoseOfTheDeadGoInTheirTurn() throws Exception {
        Path left = segment(directory, "c", Duration.ofMinutes(60), ".mp4.open");
        Path middle = minutesOld(directory, "c", 30);
        Path growing = segment(directory, "c", Duration.ofMinutes(90), ".mp4.open");
        Files.setLastModifiedTime(growing, FileTime.from(NOW.minusSeconds(20)));
        trimmer(directory, 2 * MEGABYTE, Duration.ofDays(1), 0).trim();
        assertThat(left).doesNotExist();
        assertThat(RingFiles.all(directory)).containsExactlyInAnyOrder(middle, growing);
        trimmer(directory, 1, Duration.ofMinutes(1), 0).trim();
        assertThat(RingFiles.all(directory)).containsExactly(growing);
    }

    @Test
    void severalProcessesMayTrimTheSameFiles() throws Exception {
        for (int i = 0; i < 20; i++) {
            minutesOld(directory, "c", 100 - i);
        }
        RingTrimmer here = trimmer(directory, 10 * MEGABYTE, Duration.ofDays(1), 0);
        RingTrimmer there =
                new RingTrimmer(
                        directory,
                        files,
                        TestRing.options(
                                new RingLimits(10 * MEGABYTE, Duration.ofDays(1), 0),
                                RingOptions.MIN_QUEUE_BYTES),
                        InstantSource.fixed(NOW),
                        System::nanoTime,
                        new RingUsage());
        Thread other =
                new Thread(
                        () -> {
                            try {
                                there.trim();
                            } catch (IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        });
        other.start();
        here.trim();
        other.join();
        here.trim();
        there.trim();
        assertThat(RingFiles.all(directory)).hasSize(10);
    }

    @Test
    void aRoundOnSegmentsThatChangedSeesTheChange() throws Exception {
        RingTrimmer trimmer = trimmer(directory, Long.MAX_VALUE, Duration.ofDays(1), 0);
        Path first = minutesOld(directory, "c", 10);
        trimmer.trim();
        assertThat(usage.survey(directory).orElseThrow().bytes()).isEqualTo(MEGABYTE);
        minutesOld(directory, "c", 9);
        trimmer.trim();
        assertThat(usage.survey(directory).orElseThrow().bytes()).isEqualTo(2 * MEGABYTE);
        Files.delete(first);
        trimmer.trim();
        assertThat(usage.survey(directory).orElseThrow().bytes()).isEqualTo(MEGABYTE);
    }
}
