package io.gapless.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.testing.FFmpegTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    private static final long KILOBYTE = 1024;

    @TempDir private Path directory;

    private static TestRing ring(Path directory, FaultyFiles files, long reserve) {
        return new TestRing(
                List.of(directory),
                TestRing.options(
                        new RingLimits(Long.MAX_VALUE, Duration.ofDays(30), reserve),
                        RingOptions.MIN_QUEUE_BYTES),
                files);
    }

    @Test
    void theNewestVideoStaysAndTheReserveIsNotTouched() throws Exception {
        FaultyFiles files = new FaultyFiles();
        files.size(directory, 1500 * KILOBYTE);
        try (TestRing ring = ring(directory, files, 200 * KILOBYTE)) {
            TestCamera camera = ring.camera("front");
            // Segments that are growing for the trimmer until their files are old enough.
            for (int i = 0; i < 10; i++) {
                ring.write(camera, 60);
                ring.awaitWritten(60 * (i + 1));
                makeOld();
                assertThat(RingFiles.bytes(directory)).isLessThan(1300 * KILOBYTE);
            }
            assertThat(ring.metrics.dropped).hasValue(0);
            assertThat(ring.headers(camera.id()))
                    .isNotEmpty()
                    .endsWith(camera.sent().get(camera.sent().size() - 1))
                    .hasSizeLessThan(camera.sent().size());
        }
        for (Path file : RingFiles.finished(directory)) {
            assertThat(FFmpegTools.decodingErrors(file)).isEmpty();
        }
    }

    private void makeOld() throws Exception {
        for (Path file : RingFiles.finished(directory)) {
            Files.setLastModifiedTime(
                    file, java.nio.file.attribute.FileTime.from(TestRing.NOW.minusSeconds(3600)));
        }
    }

    @Test
    void aDiskThatOthersHaveFilledIsLeftAlone() throws Exception {
        FaultyFiles files = new FaultyFiles();
        files.size(directory, 100 * KILOBYTE);
        try (TestRing ring = ring(directory, files, 100 * KILOBYTE)) {
            TestCamera camera = ring.camera("front");
            ring.write(camera, 3);
            Eventually.await("it is left alone", () -> ring.disks.failedDisks() == 1);
            assertThat(RingFiles.all(directory)).isEmpty();
            files.size(directory, 10_000 * KILOBYTE);
            ring.awaitWritten(3);
            assertThat(ring.headers(camera.id())).isEqualTo(camera.sent());
        }
    }
}
