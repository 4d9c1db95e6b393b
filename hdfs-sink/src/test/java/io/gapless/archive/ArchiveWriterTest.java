package io.gapless.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.ArchiveEntry.Kind;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaMemory;
import io.gapless.media.fmp4.Recording;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the local file system, where nothing fails: names, rolling, interruptions, ends. */
class ArchiveWriterTest {
    private static final Instant START = Instant.parse("2026-11-22T14:22:33.5Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static TestVideo video;

    @TempDir private Path directory;
    private final MediaMemory memory = new MediaMemory(64L << 20);
    private URI root;
    private Archive archive;
    private ArchiveWriter writer;
    private TestCamera camera;

    @BeforeAll
    static void makeVideo() {
        video = TestVideo.ofSize("128x96");
    }

    @BeforeEach
    void open() throws Exception {
        root = directory.resolve("archive").toUri();
        archive = Archive.open(root, new Configuration());
        writer = writer("w1", ArchiveWriterOptions.defaults());
        camera = new TestCamera("front", video, memory, START);
    }

    @AfterEach
    void close() throws Exception {
        writer.close(PATIENCE);
        archive.close();
        assertThat(memory.usedBytes()).isZero();
        assertThat(writer.pendingBytes()).isZero();
    }

    private ArchiveWriter writer(String id, ArchiveWriterOptions options) {
        return new ArchiveWriter(
                () -> Archive.openForWriting(root, new Configuration()),
                options,
                id,
                InstantSource.system(),
                System::nanoTime,
                ArchiveWriterMetrics.NONE);
    }

    @Test
    void aFinishedRecordingHasEveryFragmentAndAnIndexAndPlays() throws Exception {
        for (int i = 0; i < 5; i++) {
            writer.write(camera.next());
        }
        writer.close(PATIENCE);

        ArchiveContents contents = ArchiveContents.of(archive, camera.id());
        assertThat(contents.files()).hasSize(1);
        ArchiveContents.File file = contents.files().get(0);
        assertThat(file.path().getName()).isEqualTo("142233.500Z-w1x0.mp4");
        assertThat(file.path().getParent().getParent().getName()).isEqualTo("2026-11-22");
        Recording recording = file.recording().orElseThrow();
        assertThat(recording.indexed()).isTrue();
        assertThat(recording.fragments())
                .extracting(fragment -> fragment.header())
                .isEqualTo(camera.sent());
        assertThat(ArchiveContents.decodedFrames(archive, file, directory))
                .isEqualTo(5 * TestVideo.FRAMES);
    }

    @Test
    void aGrowingRecordingIsReadableAfterEachFragment() throws Exception {
        for (int i = 1; i <= 3; i++) {
            writer.write(camera.next());
            int count = i;
            Eventually.await("durable", PATIENCE, () -> writer.pendingBytes() == 0);
            ArchiveContents contents = ArchiveContents.of(archive, camera.id());
            assertThat(contents.of(Kind.OPEN_RECORDING)).hasSize(1);
            assertThat(contents.sequences()).hasSize(count);
            assertThat(writer.openRecordings())
                    .extracting(open -> open.entry())
                    .containsExactly(contents.files().get(0).entry());
        }
    }

    @Test
    void aRecordingHoldsOneClockHour() throws Exception {
        TestCamera late =
                new TestCamera("late", video, memory, Instant.parse("2026-11-22T23:59:58Z"));
        for (int i = 0; i < 4; i++) {
            writer.write(late.next());
        }
        writer.close(PATIENCE);

        ArchiveContents contents = ArchiveContents.of(archive, late.id());
        assertThat(contents.of(Kind.RECORDING))
                .extracting(file -> file.path().getParent().getParent().getName())
                .containsExactlyInAnyOrder("2026-11-22", "2026-11-23");
        assertThat(contents.recordings()).allMatch(recording -> recording.fragments().size() == 2);
        assertThat(contents.recordings()).allMatch(Recording::indexed);
    }

    @Test
    void aChangedConfigurationStartsANewRecording() throws Exception {
        writer.write(camera.next());
        camera.changeVideo(TestVideo.ofSize("160x120"));
        writer.write(camera.next());
        writer.close(PATIENCE);

        ArchiveContents contents = ArchiveContents.of(archive, camera.id());
        assertThat(contents.recordings())
                .extracting(recording -> recording.configurations().get(0).video().width())
                .containsExactlyInAnyOrder(128, 160);
    }

    @Test
    void anInterruptionIsNotedOnceInTheOpenRecording() throws Exception {
        writer.write(camera.next());
        writer.write(camera.interrupted(GapCause.CAMERA_SILENT));
        writer.write(camera.interrupted(GapCause.CAMERA_UNREACHABLE));
        camera.reconnect(900_000, GapCause.CAMERA_SILENT);
        writer.write(camera.next());
        writer.close(PATIENCE);

        ArchiveContents contents = ArchiveContents.of(archive, camera.id());
        assertThat(contents.files()).hasSize(1);
        assertThat(contents.recordings().get(0).interruptions())
                .extracting(Interruption::cause)
                .containsExactly(GapCause.CAMERA_SILENT);
        assertThat(contents.recordings().get(0).fragments()).hasSize(2);
    }

    @Test
    void aCameraThatWasNeverReachedGetsOneNote() throws Exception {
        Interruption interruption = camera.interrupted(GapCause.CAMERA_REFUSED);
        writer.write(interruption);
        writer.write(camera.interrupted(GapCause.CAMERA_UNREACHABLE));
        writer.close(PATIENCE);

        List<ArchiveContents.File> files = ArchiveContents.of(archive, camera.id()).files();
        assertThat(files).extracting(ArchiveContents.File::kind).containsExactly(Kind.GAP_NOTE);
        try (ArchiveFile file = archive.read(files.get(0).path())) {
            ByteBuffer bytes = ByteBuffer.allocate((int) file.sizeBytes());
            file.read(0, bytes);
            assertThat(GapNote.decode(bytes.array()))
                    .isEqualTo(Optional.of(GapNote.of(interruption)));
        }
    }

    @Test
    void theRecordingOfASilentCameraIsFinished() throws Exception {
        ArchiveWriterOptions defaults = ArchiveWriterOptions.defaults();
        ArchiveWriter impatient =
                writer("w2", defaults.withIdleBeforeFinish(Duration.ofMillis(50)));
        impatient.write(camera.next());
        impatient.write(camera.interrupted(GapCause.CAMERA_SILENT));
        Eventually.await("durable", PATIENCE, () -> impatient.pendingBytes() == 0);
        Eventually.await(
                "finished",
                PATIENCE,
                () ->
                        impatient.openRecordings().isEmpty()
                                && ArchiveContents.of(archive, camera.id())
                                                .of(Kind.RECORDING)
                                                .size()
                                        == 1);
        impatient.close(PATIENCE);
    }

    @Test
    void manyCamerasShareFewThreadsAndKeepTheirOrder() throws Exception {
        List<TestCamera> cameras =
                LongStream.range(0, 20)
                        .mapToObj(i -> new TestCamera("cam" + i, video, memory, START))
                        .toList();
        for (int i = 0; i < 15; i++) {
            cameras.forEach(each -> writer.write(each.next()));
        }
        writer.close(PATIENCE);
        for (TestCamera each : cameras) {
            assertThat(ArchiveContents.of(archive, each.id()).sequences())
                    .isEqualTo(LongStream.range(0, 15).boxed().toList());
        }
    }

    @Test
    void anUnreachableArchiveIsOneSentence() {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> Archive.open(URI.create("hdfs://localhost:1/x"), new Configuration()))
                .hasMessageContaining("archive hdfs://localhost:1/x cannot be used: ")
                .hasMessageContaining("Connection refused");
    }

    @Test
    void noThreadOutlivesTheWriter() throws Exception {
        writer.write(camera.next());
        writer.close(PATIENCE);
        Eventually.await(
                "all threads end",
                PATIENCE,
                () ->
                        Thread.getAllStackTraces().keySet().stream()
                                .noneMatch(thread -> thread.getName().startsWith("archive-")));
        assertThat(Files.exists(directory.resolve("archive/recordings"))).isTrue();
    }
}
