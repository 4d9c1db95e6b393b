package io.gapless.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.archive.ArchiveEntry.Kind;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.MediaMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that hangs, refuses and lies. */
class StalledStoreTest {
    private static final Instant START = Instant.parse("2026-11-22T14:22:33.5Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ArchiveWriterOptions OPTIONS =
            ArchiveWriterOptions.defaults().withDeadline(Duration.ofSeconds(3));

    private static TestVideo video;

    @TempDir private Path directory;
    private final MediaMemory memory = new MediaMemory(64L << 20);
    private final RecordingMetrics metrics = new RecordingMetrics();
    private FaultyFileSystem disk;
    private Archive archive;
    private TestCamera camera;
    private TestCamera other;
    private ArchiveWriter writer;

    @BeforeAll
    static void makeVideo() {
        video = TestVideo.ofSize("128x96");
    }

    @BeforeEach
    void open() throws Exception {
        disk = new FaultyFileSystem(directory.toUri());
        archive = Archive.on(directory.toUri(), disk);
        camera = new TestCamera("faulty", video, memory, START);
        other = new TestCamera("sound", video, memory, START);
    }

    @AfterEach
    void close() {
        writer.close(PATIENCE);
        assertThat(writer.pendingBytes()).isZero();
        assertThat(memory.usedBytes()).isZero();
    }

    private void start(ArchiveWriterOptions options) {
        // Files on a disk are recovered once they have been silent for a while, so: later.
        InstantSource later = InstantSource.offset(InstantSource.system(), Duration.ofHours(1));
        writer = new ArchiveWriter(() -> archive, options, "w", later, System::nanoTime, metrics);
    }

    private ArchiveContents contents(TestCamera of) throws Exception {
        return ArchiveContents.of(archive, of.id());
    }

    @Test
    void aStuckCameraHoldsUpNobodyAndIsWrittenAgain() throws Exception {
        start(OPTIONS.withIoThreads(1));
        disk.stuck = path -> path.toString().contains("faulty");
        writer.write(camera.next());
        writer.write(camera.next());
        writer.write(other.next());
        Eventually.await(
                "the other is recorded while the one is stuck",
                PATIENCE,
                () -> metrics.finished.get() + metrics.flushNanos.size() >= 1);
        assertThat(contents(other).sequences()).containsExactly(0L);
        Eventually.await("stalled", PATIENCE, () -> writer.stalledCameras() == 1);
        disk.stuck = path -> false;
        Eventually.await("durable", PATIENCE, () -> writer.pendingBytes() == 0);
        assertThat(contents(camera).sequences()).containsExactly(0L, 1L);
        assertThat(writer.stalledCameras()).isZero();
    }

    @Test
    void whatAFailedStreamDidNotAcknowledgeIsWrittenAgain() throws Exception {
        start(OPTIONS);
        writer.write(camera.next());
        Eventually.await("durable", PATIENCE, () -> writer.pendingBytes() == 0);
        disk.stuck = path -> true;
        writer.write(camera.next());
        writer.write(camera.next());
        Eventually.await("stalled", PATIENCE, () -> writer.stalledCameras() == 1);
        disk.stuck = path -> false;
        Eventually.await("durable", PATIENCE, () -> writer.pendingBytes() == 0);
        Eventually.await("recovered", PATIENCE, () -> metrics.recovered.get() == 1);
        // The stuck flush had stored its bytes all the same, as HDFS sometimes does.
        assertThat(contents(camera).sequences()).contains(0L, 1L, 2L);
        assertThat(contents(camera).of(Kind.OPEN_RECORDING)).hasSize(1);
    }

    @Test
    void pastItsShareACameraLosesItsOldestFragmentsAndTheArchiveSaysSo() throws Exception {
        Fragment sample = other.next();
        long fragmentBytes = sample.sizeBytes();
        sample.release();
        start(OPTIONS.withPendingBytesPerCamera(10 * fragmentBytes));
        disk.refused = path -> true;
        for (int i = 0; i < 30; i++) {
            writer.write(camera.next());
        }
        assertThat(writer.pendingBytes()).isLessThanOrEqualTo(10 * fragmentBytes);
        disk.refused = path -> false;
        Eventually.await("durable", PATIENCE, () -> writer.pendingBytes() == 0);

        List<FragmentHeader> stored = contents(camera).headers();
        assertThat(metrics.dropped.get()).isPositive();
        assertThat(stored).hasSize(30 - metrics.dropped.get());
        assertThat(stored.get(stored.size() - 1).sequence()).isEqualTo(29);
        assertThat(stored.stream().map(FragmentHeader::gapBefore).filter(Optional::isPresent))
                .contains(Optional.of(GapCause.STORAGE_STALLED));
        for (int i = 1; i < stored.size(); i++) {
            boolean follows = stored.get(i).sequence() == stored.get(i - 1).sequence() + 1;
            assertThat(stored.get(i).gapBefore().isEmpty()).isEqualTo(follows);
        }
    }

    @Test
    void aRefusedRenameIsTriedAgain() throws Exception {
        start(OPTIONS);
        disk.renamesRefused.set(1);
        writer.write(camera.next());
        writer.write(camera.interrupted(GapCause.CAMERA_SILENT));
        TestCamera nextHour =
                new TestCamera("faulty", video, memory, START.plus(Duration.ofHours(1)));
        writer.write(nextHour.next());
        Eventually.await("recovered", PATIENCE, () -> metrics.recovered.get() == 1);
        assertThat(contents(camera).of(Kind.RECORDING)).hasSize(1);
        assertThat(contents(camera).of(Kind.RECORDING).get(0).recording().orElseThrow().indexed())
                .isTrue();
    }

    @Test
    void filesThatNeverHeldVideoDoNotPileUp() throws Exception {
        start(OPTIONS.withDeadline(Duration.ofMillis(300)));
        disk.stuck = path -> true;
        writer.write(camera.next());
        Eventually.await("several attempts", PATIENCE, () -> metrics.failed.get() >= 3);
        assertThat(contents(camera).files().size()).isLessThanOrEqualTo(1);
        disk.stuck = path -> false;
        Eventually.await("durable", PATIENCE, () -> writer.pendingBytes() == 0);
        assertThat(contents(camera).files()).hasSize(1);
    }

    @Test
    void aBugSurfacesAtTheNextCall() throws Exception {
        start(OPTIONS);
        disk.buggy = true;
        writer.write(camera.next());
        Eventually.await(
                "thrown",
                PATIENCE,
                () -> {
                    try {
                        writer.write(camera.interrupted(GapCause.CAMERA_SILENT));
                        return false;
                    } catch (IllegalStateException e) {
                        return true;
                    }
                });
        assertThatThrownBy(() -> writer.write(camera.interrupted(GapCause.CAMERA_SILENT)))
                .hasRootCauseMessage("a bug");
        writer.close(Duration.ofMillis(100));
    }

    @Test
    void recordingsOfADeadWriterAreFinishedOnADiskToo() throws Exception {
        start(OPTIONS);
        ArchiveWriter dead =
                new ArchiveWriter(
                        () -> archive,
                        OPTIONS,
                        "dead",
                        InstantSource.system(),
                        System::nanoTime,
                        ArchiveWriterMetrics.NONE);
        LongStream.range(0, 3).forEach(i -> dead.write(camera.next()));
        Eventually.await("durable", PATIENCE, () -> dead.pendingBytes() == 0);
        writer.write(camera.next());
        Eventually.await("recovered", PATIENCE, () -> metrics.recovered.get() == 1);
        assertThat(contents(camera).of(Kind.RECORDING).get(0).recording().orElseThrow().fragments())
                .hasSize(3);
        dead.close(Duration.ofMillis(100));
    }
}
