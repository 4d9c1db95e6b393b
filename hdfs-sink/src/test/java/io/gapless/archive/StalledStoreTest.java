package io.gapless.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.archive.ArchiveEntry.Kind;
import io.gapless.archive.hold.HoldLimits;
import io.gapless.archive.hold.SpillOptions;
import io.gapless.archive.hold.VideoHold;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.MediaMemory;
import io.gapless.media.fmp4.StoredFragment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
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
    private VideoHold hold;

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
        hold.close();
        assertThat(writer.pendingBytes()).isZero();
        assertThat(memory.usedBytes()).isZero();
    }

    private void start(ArchiveWriterOptions options) {
        start(options, VideoHold.inMemory(HoldLimits.RECORDER));
    }

    private void start(ArchiveWriterOptions options, VideoHold newHold) {
        hold = newHold;
        writer = writer(options, "w", hold);
    }

    private ArchiveWriter writer(ArchiveWriterOptions options, String id, VideoHold ofProcess) {
        // Files on a disk are recovered once they have been silent for a while, so: later.
        InstantSource later = InstantSource.offset(InstantSource.system(), Duration.ofHours(1));
        return new ArchiveWriter(
                () -> archive, options, id, later, System::nanoTime, metrics, ofProcess);
    }

    private VideoHold spilling(long maxBytes) {
        return VideoHold.start(
                HoldLimits.RECORDER,
                new SpillOptions(List.of(directory.resolve("spill").toString()), maxBytes),
                System::nanoTime);
    }

    /** No faster than the spill takes what does not fit into half of the memory. */
    private void record(TestCamera of, int fragments) throws Exception {
        for (int i = 0; i < fragments; i++) {
            writer.write(of.next());
            Eventually.await(
                    "there is memory",
                    PATIENCE,
                    () -> memory.usedBytes() <= memory.budgetBytes() * 6 / 10);
        }
    }

    private static List<Long> upTo(long count) {
        return LongStream.range(0, count).boxed().toList();
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
    void aLongStallIsSpiltAndThenWrittenInOrder() throws Exception {
        camera.changeVideo(video.withFiller(20_000));
        other.changeVideo(video.withFiller(20_000));
        start(OPTIONS, spilling(1L << 30));
        record(camera, 2);
        disk.stuck = path -> true;
        for (int i = 0; i < 300; i++) {
            record(camera, 1);
            record(other, 1);
        }
        assertThat(hold.spilledBytes()).isGreaterThan(50L << 20);
        disk.stuck = path -> false;
        Eventually.await("durable", PATIENCE, () -> writer.pendingBytes() == 0);

        assertThat(metrics.dropped).hasValue(0);
        assertThat(contents(camera).sequences()).containsAll(upTo(302));
        assertThat(contents(other).sequences()).containsAll(upTo(300));
        List<FragmentHeader> last =
                contents(other).of(Kind.OPEN_RECORDING).stream()
                        .flatMap(file -> file.recording().orElseThrow().fragments().stream())
                        .map(StoredFragment::header)
                        .toList();
        assertThat(last).hasSizeGreaterThan(290).isEqualTo(sorted(last));
        assertThat(last.stream().skip(1)).allMatch(header -> header.gapBefore().isEmpty());
        assertThat(hold.spilledBytes()).isZero();
    }

    private static List<FragmentHeader> sorted(List<FragmentHeader> headers) {
        return headers.stream().sorted(Comparator.comparing(FragmentHeader::start)).toList();
    }

    @Test
    void pastEverythingTheTimelineIsBeforeThenAGapThenTheNewest() throws Exception {
        camera.changeVideo(video.withFiller(20_000));
        start(OPTIONS, spilling(10L << 20));
        record(camera, 3);
        Eventually.await("durable", PATIENCE, () -> writer.pendingBytes() == 0);
        disk.refused = path -> true;
        disk.stuck = path -> true;
        record(camera, 400);
        disk.stuck = path -> false;
        disk.refused = path -> false;
        Eventually.await("durable", PATIENCE, () -> writer.pendingBytes() == 0);
        Eventually.await("recovered", PATIENCE, () -> metrics.recovered.get() == 1);

        List<FragmentHeader> stored = sorted(contents(camera).headers());
        List<Long> numbers =
                stored.stream().map(FragmentHeader::sequence).distinct().sorted().toList();
        assertThat(numbers).startsWith(0L, 1L, 2L).endsWith(402L);
        List<FragmentHeader> afterGap =
                stored.stream()
                        .filter(h -> h.gapBefore().equals(Optional.of(GapCause.STORAGE_STALLED)))
                        .toList();
        assertThat(afterGap).hasSize(1);
        long first = afterGap.get(0).sequence();
        assertThat(numbers).containsAll(LongStream.range(first, 403).boxed().toList());
        assertThat(403 - first).isGreaterThan(150);
        assertThat(metrics.dropped.get()).isBetween(1, 400);
    }

    @Test
    void anArchiveWithoutRoomIsSaidToBeFullAndGoesOnByItself() throws Exception {
        camera.changeVideo(video.withFiller(20_000));
        start(OPTIONS);
        record(camera, 1);
        Eventually.await("durable", PATIENCE, () -> writer.pendingBytes() == 0);
        disk.full = true;
        TestCamera nextHour =
                new TestCamera("faulty", video.withFiller(20_000), memory, START.plusSeconds(3600));
        writer.write(nextHour.next());
        Eventually.await("full", PATIENCE, () -> writer.fullCameras() == 1);
        for (int i = 0; i < 400; i++) {
            writer.write(nextHour.next());
        }
        assertThat(contents(camera).files()).hasSizeLessThanOrEqualTo(2);
        disk.full = false;
        Eventually.await("durable", PATIENCE, () -> writer.pendingBytes() == 0);

        assertThat(writer.fullCameras()).isZero();
        assertThat(writer.stalledCameras()).isZero();
        List<FragmentHeader> stored = sorted(contents(camera).headers());
        assertThat(stored.get(stored.size() - 1)).isEqualTo(nextHour.sent().get(400));
        assertThat(stored.stream().flatMap(header -> header.gapBefore().stream()))
                .contains(GapCause.STORAGE_FULL)
                .doesNotContain(GapCause.STORAGE_STALLED);
        Eventually.await("one is finished", PATIENCE, () -> contents(camera).files().size() == 2);
    }

    @Test
    void whatAKilledRecorderHadSpiltIsWrittenByTheNext() throws Exception {
        camera.changeVideo(video.withFiller(20_000));
        VideoHold dying = spilling(1L << 30);
        ArchiveWriter dead = writer(OPTIONS, "dead", dying);
        disk.refused = path -> true;
        for (int i = 0; i < 250; i++) {
            dead.write(camera.next());
            Eventually.await("there is memory", PATIENCE, () -> memory.usedBytes() <= 40L << 20);
        }
        dead.close(Duration.ZERO);
        dying.close();
        disk.refused = path -> false;

        start(OPTIONS, spilling(1L << 30));
        Eventually.await("found", PATIENCE, () -> hold.spilledBytes() > 0);
        Eventually.await("written", PATIENCE, () -> hold.spilledBytes() == 0);
        Eventually.await(
                "finished", PATIENCE, () -> contents(camera).of(Kind.RECORDING).size() == 1);
        List<FragmentHeader> stored = contents(camera).headers();
        assertThat(stored.size()).isBetween(80, 200);
        assertThat(stored).isEqualTo(sorted(stored));
        assertThat(stored.get(0).gapBefore()).contains(GapCause.RECORDER_RESTART);
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
    void aSlowStoreIsNotTakenForADeadOne() throws Exception {
        camera.changeVideo(video.withFiller(50_000));
        start(OPTIONS.withDeadline(Duration.ofMillis(500)));
        writer.write(camera.next());
        Eventually.await("durable", PATIENCE, () -> writer.pendingBytes() == 0);
        // Longer than the deadline; but half a megabyte has two seconds more.
        disk.flushMillis = 1_000;
        for (int i = 0; i < 3; i++) {
            writer.write(camera.next());
            Eventually.await("durable", PATIENCE, () -> writer.pendingBytes() == 0);
        }
        disk.flushMillis = 0;
        assertThat(metrics.failed).hasValue(0);
        assertThat(metrics.opened).hasValue(1);
        assertThat(contents(camera).sequences()).isEqualTo(upTo(4));
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
