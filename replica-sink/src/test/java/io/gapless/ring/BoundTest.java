package io.gapless.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code maxBytes} is never exceeded, though nobody looks at the disks but who writes to them. */
class BoundTest {
    private static final long KILOBYTE = 1024;
    private static final long MAX_BYTES = 3000 * KILOBYTE;
    private static final int SECONDS = 400;

    @TempDir private Path directory;

    private static RingOptions neverTrimming(long maxBytes) {
        RingLimits limits = new RingLimits(maxBytes, Duration.ofDays(30), 0);
        RingOptions usual = TestRing.options(limits, RingOptions.MIN_QUEUE_BYTES);
        return new RingOptions(
                limits,
                usual.queueBytes(),
                usual.segmentDuration(),
                usual.idleBeforeFinish(),
                Duration.ofSeconds(10),
                usual.firstRetry(),
                usual.lastRetry(),
                Duration.ofDays(1));
    }

    @Test
    void theRingIsNeverLargerThanItMayBe() throws Exception {
        try (TestRing ring = new TestRing(List.of(directory), neverTrimming(MAX_BYTES), files())) {
            TestCamera front = ring.camera("front");
            TestCamera back = ring.camera("back");
            long most = 0;
            for (int second = 1; second <= SECONDS; second++) {
                ring.write(front, 1);
                ring.write(back, 1);
                ring.awaitWritten(2 * second);
                most = Math.max(most, RingFiles.bytes(directory));
            }
            assertThat(most).isBetween(MAX_BYTES / 2, MAX_BYTES);
            assertThat(ring.metrics.dropped).hasValue(0);
            for (TestCamera camera : List.of(front, back)) {
                assertThat(ring.headers(camera.id()))
                        .hasSizeLessThan(SECONDS)
                        .endsWith(camera.sent().get(SECONDS - 1));
            }
        }
    }

    /** Each disk's own thread deletes there, so no disk ever waits for another. */
    @Test
    void whatIsTooMuchOnOneDiskGoesFromTheOther() throws Exception {
        Path a = directory.resolve("a");
        Path b = directory.resolve("b");
        try (TestRing ring = new TestRing(List.of(a), TestRing.options(), files())) {
            ring.write(ring.camera("front"), 300);
            ring.awaitWritten(300);
        }
        long max = RingFiles.bytes(a) + 100 * KILOBYTE;
        FaultyFiles files = files();
        files.fail(a, "only for writing");
        try (TestRing ring = new TestRing(List.of(a, b), neverTrimming(max), files)) {
            TestCamera back = ring.camera("back");
            for (int second = 1; second <= 120; second++) {
                ring.write(back, 1);
                ring.awaitWritten(second);
                if (second == 1) {
                    files.heal(a);
                }
                Eventually.await(
                        "the ring is no larger than it may be",
                        () -> RingFiles.bytes(a) + RingFiles.bytes(b) <= max);
            }
        }
    }

    @Test
    void whatAnEarlierProcessLeftCountsFromTheFirstByteOn() throws Exception {
        try (TestRing ring = new TestRing(List.of(directory), TestRing.options(), files())) {
            ring.write(ring.camera("front"), 300);
            ring.awaitWritten(300);
        }
        long before = RingFiles.bytes(directory);
        try (TestRing ring = new TestRing(List.of(directory), neverTrimming(before), files())) {
            for (int second = 1; second <= 60; second++) {
                ring.write(ring.camera("back"), 1);
                ring.awaitWritten(second);
                assertThat(RingFiles.bytes(directory)).isLessThanOrEqualTo(before);
            }
        }
    }

    private static FaultyFiles files() {
        return new FaultyFiles();
    }
}
