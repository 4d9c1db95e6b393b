package io.gapless.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.ArchiveWriterOptions.Output;
import io.gapless.media.MediaMemory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Writers of a camera, living and dead, and what they leave on HDFS. */
final class WritersOnHdfs implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-22T14:22:33.5Z");
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final long BLOCK_BYTES = 4 << 20;

    private final MediaMemory memory = new MediaMemory(256L << 20);
    private final RecordingMetrics metrics = new RecordingMetrics();
    private final List<ArchiveWriter> writers = new ArrayList<>();
    private final MiniHdfs hdfs;
    private final Output output;
    private final Archive archive;
    private final TestCamera camera;

    /**
     * @param name of the camera
     */
    WritersOnHdfs(MiniHdfs hdfs, Output output, TestVideo video, String name) throws IOException {
        this.hdfs = hdfs;
        this.output = output;
        this.archive = openArchive();
        this.camera = new TestCamera(name, video, memory, START);
    }

    /** One that is the caller's to close. */
    Archive openArchive() throws IOException {
        return Archive.openForWriting(hdfs.root(), hdfs.client());
    }

    Archive archive() {
        return archive;
    }

    TestCamera camera() {
        return camera;
    }

    MediaMemory memory() {
        return memory;
    }

    RecordingMetrics metrics() {
        return metrics;
    }

    ArchiveWriter writer(String id) {
        ArchiveWriter writer =
                new ArchiveWriter(
                        this::openArchive,
                        ArchiveWriterOptions.defaults()
                                .withBlockSizeBytes(BLOCK_BYTES)
                                .withDeadline(Duration.ofSeconds(5))
                                .withOutput(output),
                        id,
                        InstantSource.system(),
                        System::nanoTime,
                        metrics);
        writers.add(writer);
        return writer;
    }

    void write(ArchiveWriter writer, int fragments) {
        for (int i = 0; i < fragments; i++) {
            writer.write(camera.next());
        }
    }

    static void awaitDurable(ArchiveWriter writer) throws Exception {
        Eventually.await("all durable", PATIENCE, () -> writer.pendingBytes() == 0);
    }

    ArchiveContents contents() throws IOException {
        return ArchiveContents.of(archive, camera.id());
    }

    static List<Long> upTo(long count) {
        return LongStream.range(0, count).boxed().toList();
    }

    @Override
    public void close() throws IOException {
        writers.forEach(writer -> writer.close(PATIENCE));
        archive.close();
        assertThat(memory.usedBytes()).isZero();
    }
}
