package io.gapless.ring;

import io.gapless.media.CameraId;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A ring in directories of a test, with short patience. */
final class TestRing implements AutoCloseable {
    static final TimeRange ALWAYS =
            new TimeRange(
                    MediaTime.of(Instant.parse("2026-11-01T00:00:00Z")),
                    MediaTime.of(Instant.parse("2026-12-01T00:00:00Z")));

    /** Later than anything that a {@link TestCamera} sends. */
    static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    final MediaMemory memory = new MediaMemory(256 << 20);
    final CountedMetrics metrics = new CountedMetrics();
    final FaultyFiles files;
    final RingDisks disks;
    final RingWriter writer;
    final RingDirectories directories;

    TestRing(List<Path> directories, RingOptions options, FaultyFiles files) {
        this.files = files;
        this.directories = new RingDirectories(directories);
        this.disks =
                new RingDisks(
                        this.directories,
                        options,
                        InstantSource.fixed(NOW),
                        System::nanoTime,
                        files);
        this.writer = new RingWriter(disks, metrics);
    }

    static TestRing of(Path... directories) {
        return new TestRing(List.of(directories), options(), new FaultyFiles());
    }

    static RingOptions options() {
        return options(new RingLimits(Long.MAX_VALUE, Duration.ofDays(30), 0), 64 << 20);
    }

    static RingOptions options(RingLimits limits, long queueBytes) {
        return new RingOptions(
                limits,
                queueBytes,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofMillis(300),
                Duration.ofMillis(50),
                Duration.ofMillis(200),
                Duration.ofMillis(20));
    }

    TestCamera camera(String id) {
        return new TestCamera(id, memory);
    }

    void write(TestCamera camera, int seconds) {
        for (int i = 0; i < seconds; i++) {
            writer.write(camera.next());
        }
    }

    void awaitWritten(int fragments) throws Exception {
        Eventually.await(
                fragments + " fragments are written", () -> metrics.written.get() >= fragments);
    }

    List<FragmentHeader> headers(CameraId camera) throws IOException {
        return new RingIndex(directories)
                .read(camera, ALWAYS).entries().stream().map(RingEntry::header).toList();
    }

    /** Writes what waits, and ends; then nothing may be left in memory. */
    @Override
    public void close() {
        writer.close(DEADLINE);
        disks.close(DEADLINE);
        if (memory.usedBytes() != 0) {
            throw new AssertionError(memory.usedBytes() + " bytes of video were not released");
        }
    }
}
