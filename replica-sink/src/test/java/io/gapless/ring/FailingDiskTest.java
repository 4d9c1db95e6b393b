package io.gapless.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingDiskTest {
    @TempDir private Path directory;
    private Path a;
    private Path b;

    @BeforeEach
    void twoDisks() {
        a = directory.resolve("a");
        b = directory.resolve("b");
    }

    private static int camerasOn(Path disk) throws Exception {
        return (int)
                RingFiles.all(disk).stream()
                        .map(f -> f.getParent().getFileName())
                        .distinct()
                        .count();
    }

    private static void useBoth(TestRing ring) throws Exception {
        Eventually.await(
                "both disks are in use",
                () -> ring.disks.queue().disks().stream().allMatch(Disk::healthy));
    }

    private static List<TestCamera> cameras(TestRing ring, int count) {
        List<TestCamera> cameras = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cameras.add(ring.camera("camera-" + i));
        }
        return cameras;
    }

    private static void allWrite(TestRing ring, List<TestCamera> cameras, int seconds) {
        for (int i = 0; i < seconds; i++) {
            cameras.forEach(c -> ring.write(c, 1));
        }
    }

    private static void assertNothingMissing(TestRing ring, List<TestCamera> cameras)
            throws Exception {
        for (TestCamera camera : cameras) {
            assertThat(ring.headers(camera.id())).isEqualTo(camera.sent());
        }
    }

    @Test
    void camerasAreSpreadOverTheDisks() throws Exception {
        try (TestRing ring = TestRing.of(a, b)) {
            useBoth(ring);
            List<TestCamera> cameras = cameras(ring, 8);
            allWrite(ring, cameras, 3);
            ring.awaitWritten(24);
            assertThat(camerasOn(a)).isBetween(3, 5);
            assertThat(camerasOn(b)).isEqualTo(8 - camerasOn(a));
            assertNothingMissing(ring, cameras);
        }
    }

    @Test
    void theCamerasOfADiskThatFailsMoveToTheOtherAndNothingIsMissing() throws Exception {
        try (TestRing ring = TestRing.of(a, b)) {
            useBoth(ring);
            List<TestCamera> cameras = cameras(ring, 6);
            allWrite(ring, cameras, 5);
            ring.awaitWritten(30);
            ring.files.fail(a, "Input/output error");
            allWrite(ring, cameras, 5);
            ring.awaitWritten(60);
            assertThat(camerasOn(b)).isEqualTo(6);
            assertThat(ring.disks.failedDisks()).isEqualTo(1);
            assertThat(ring.metrics.dropped).hasValue(0);
            assertThat(ring.metrics.failed).hasPositiveValue();
            assertNothingMissing(ring, cameras);
            ring.files.heal(a);
            Eventually.await("it is used again", () -> ring.disks.failedDisks() == 0);
            allWrite(ring, cameras, 121);
            ring.awaitWritten(60 + 6 * 121);
            assertNothingMissing(ring, cameras);
            assertThat(
                            ring.disks.queue().disks().stream()
                                    .mapToInt(d -> d.lanes)
                                    .filter(lanes -> lanes >= 2)
                                    .count())
                    .as("disks with two cameras or more")
                    .isEqualTo(2);
        }
    }

    @Test
    void aDiskThatHangsHoldsUpOnlyWhatItIsAt() throws Exception {
        try (TestRing ring = TestRing.of(a, b)) {
            useBoth(ring);
            List<TestCamera> cameras = cameras(ring, 4);
            allWrite(ring, cameras, 3);
            ring.awaitWritten(12);
            ring.files.hang(a);
            allWrite(ring, cameras, 20);
            Eventually.await(
                    "all but one are written", () -> ring.metrics.written.get() == 12 + 80 - 1);
            assertThat(ring.metrics.dropped).hasValue(1);
            assertThat(ring.disks.failedDisks()).isEqualTo(1);
            List<FragmentHeader> gaps = new ArrayList<>();
            for (TestCamera camera : cameras) {
                ring.headers(camera.id()).stream()
                        .filter(h -> h.gapBefore().equals(Optional.of(GapCause.STORAGE_STALLED)))
                        .forEach(gaps::add);
            }
            assertThat(gaps).as("the fragment after the one that hangs says so").hasSize(1);
            ring.files.heal(a);
            Eventually.await("it is used again", () -> ring.disks.failedDisks() == 0);
            Eventually.await("what hung is there too", () -> ring.metrics.written.get() == 92);
        }
    }

    @Test
    void whenAllDisksAreGoneTheOldestVideoIsDroppedAndDeclared() throws Exception {
        RingOptions options =
                TestRing.options(
                        new RingLimits(Long.MAX_VALUE, Duration.ofDays(30), 0),
                        RingOptions.MIN_QUEUE_BYTES);
        try (TestRing ring = new TestRing(List.of(a, b), options, new FaultyFiles())) {
            useBoth(ring);
            TestCamera camera = ring.camera("front");
            ring.write(camera, 2);
            ring.awaitWritten(2);
            ring.files.fail(a, "Read-only file system");
            ring.files.fail(b, "Read-only file system");
            while (ring.metrics.dropped.get() < 100) {
                ring.write(camera, 1);
            }
            assertThat(ring.disks.failedDisks()).isEqualTo(2);
            assertThat(ring.disks.queueBytes()).isLessThanOrEqualTo(RingOptions.MIN_QUEUE_BYTES);
            ring.files.heal(b);
            Eventually.await("all is written", () -> ring.disks.queueBytes() == 0);
            List<FragmentHeader> held = ring.headers(camera.id());
            int dropped = ring.metrics.dropped.get();
            assertThat(held).hasSize(camera.sent().size() - dropped);
            assertThat(held.subList(0, 2)).isEqualTo(camera.sent().subList(0, 2));
            assertThat(held.get(2).sequence()).isEqualTo(2L + dropped);
            assertThat(held.get(2).gapBefore()).contains(GapCause.STORAGE_STALLED);
            assertThat(held.get(3).gapBefore()).isEmpty();
        }
    }

    @Test
    void aDiskThatNeverWorkedHoldsNobodyUp() throws Exception {
        Files.createFile(a);
        try (TestRing ring = TestRing.of(a, b)) {
            List<TestCamera> cameras = cameras(ring, 4);
            allWrite(ring, cameras, 5);
            ring.awaitWritten(20);
            assertNothingMissing(ring, cameras);
            Eventually.await("it is known", () -> ring.disks.failedDisks() == 1);
        }
    }

    @Test
    void closingDoesNotWaitForADiskThatHangs() throws Exception {
        FaultyFiles files = new FaultyFiles();
        TestRing ring = new TestRing(List.of(a), TestRing.options(), files);
        TestCamera camera = ring.camera("front");
        ring.write(camera, 1);
        ring.awaitWritten(1);
        files.hang(a);
        ring.write(camera, 5);
        long before = System.nanoTime();
        ring.writer.close(Duration.ofMillis(100));
        ring.disks.close(Duration.ofMillis(100));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        files.heal(a);
        Eventually.await("nothing is left in memory", () -> ring.memory.usedBytes() == 0);
    }
}
