package io.gapless.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.read.ArchiveReader;
import io.gapless.archive.read.ReadProgress;
import io.gapless.archive.read.VerifyReport;
import io.gapless.media.MediaMemory;
import io.gapless.media.timeline.Timeline;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Cameras whose video is written by any writers, and at last is to be there whole. Three of their
 * fragments fill a block of 1 MiB.
 */
final class RecordedCameras implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Instant START = Instant.parse("2026-11-22T14:22:33.5Z");
    private static final int FILLER_BYTES = 35_000;

    private final MediaMemory memory = new MediaMemory(256L << 20);
    private final RecordingMetrics metrics = new RecordingMetrics();
    private final TestVideo video = TestVideo.ofSize("64x48").withFiller(FILLER_BYTES);
    private final List<TestCamera> cameras = new ArrayList<>();
    private final List<ArchiveWriter> writers = new ArrayList<>();
    private final URI root;

    RecordedCameras(URI root, int count) {
        this.root = root;
        for (int i = 0; i < count; i++) {
            add();
        }
    }

    TestCamera add() {
        TestCamera camera = new TestCamera("camera-" + cameras.size(), video, memory, START);
        cameras.add(camera);
        return camera;
    }

    int count() {
        return cameras.size();
    }

    RecordingMetrics metrics() {
        return metrics;
    }

    ArchiveWriter writer(String id, Configuration client) {
        return writer(id, client, ArchiveWriterOptions.defaults());
    }

    ArchiveWriter writer(String id, Configuration client, ArchiveWriterOptions options) {
        ArchiveWriter writer =
                new ArchiveWriter(
                        () -> Archive.openForWriting(root, client),
                        options.withBlockSizeBytes(1 << 20),
                        id,
                        InstantSource.system(),
                        System::nanoTime,
                        metrics);
        writers.add(writer);
        return writer;
    }

    void write(ArchiveWriter writer, int fragments) {
        cameras.forEach(camera -> write(writer, camera, fragments));
    }

    /** Each camera gets to another place of a block. */
    void writeUnevenly(ArchiveWriter writer) {
        for (int i = 0; i < cameras.size(); i++) {
            write(writer, cameras.get(i), 1 + i);
        }
    }

    static void write(ArchiveWriter writer, TestCamera camera, int fragments) {
        for (int i = 0; i < fragments; i++) {
            writer.write(camera.next());
        }
    }

    static void awaitDurable(ArchiveWriter writer) throws Exception {
        Eventually.await("all durable", PATIENCE, () -> writer.pendingBytes() == 0);
    }

    /** As the next writer does after a crash. */
    void finish(List<OpenRecording> left, Configuration client) throws Exception {
        ArchiveWriter heir = writer("heir", client);
        heir.recover(left);
        Eventually.await("all finished", PATIENCE, () -> heir.openRecordings().isEmpty());
    }

    /** All that was sent, whatever its recordings are. */
    void assertEachFrameOnce(Configuration client) throws Exception {
        try (Archive archive = Archive.open(root, client)) {
            VerifyReport report =
                    new ArchiveReader(archive)
                            .verify(
                                    cameras.stream().map(TestCamera::id).toList(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    ReadProgress.NONE);
            assertThat(report.whole()).as("%s", report).isTrue();
            for (int i = 0; i < cameras.size(); i++) {
                Timeline timeline = report.cameras().get(i).timeline();
                assertThat(timeline.frames())
                        .isEqualTo((long) TestVideo.FRAMES * cameras.get(i).sent().size());
                assertThat(timeline.gaps()).isEmpty();
            }
        }
    }

    @Override
    public void close() {
        writers.forEach(writer -> writer.close(PATIENCE));
        assertThat(memory.usedBytes()).isZero();
    }
}
