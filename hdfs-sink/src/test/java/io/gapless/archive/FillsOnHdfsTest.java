package io.gapless.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.ArchiveEntry.Kind;
import io.gapless.media.Fragment;
import io.gapless.media.GapCause;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.media.fmp4.StoredFragment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.GlobalStorageStatistics;
import org.apache.hadoop.fs.StorageStatistics.CommonStatisticNames;
import org.apache.hadoop.hdfs.DFSOpsCountStatistics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A writer of fills beside a camera's recorder, in one process. */
class FillsOnHdfsTest {
    private static final Instant START = Instant.parse("2026-11-22T14:22:33.5Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ArchiveWriterOptions RECORDER =
            ArchiveWriterOptions.defaults()
                    .withDeadline(Duration.ofSeconds(5))
                    .withFillSilence(Duration.ofSeconds(3));
    private static final ArchiveWriterOptions FILLS =
            ArchiveWriterOptions.forFills()
                    .withDeadline(Duration.ofSeconds(5))
                    .withFillSilence(Duration.ofSeconds(3))
                    .withIdleBeforeFinish(Duration.ofMillis(500));

    @TempDir private static Path directory;
    private static MiniHdfs hdfs;
    private static TestVideo video;

    private final MediaMemory memory = new MediaMemory(64L << 20);
    private final RecordingMetrics metrics = new RecordingMetrics();
    private final List<ArchiveWriter> writers = new ArrayList<>();
    private Archive archive;
    private TestCamera camera;

    @BeforeAll
    static void start() throws Exception {
        hdfs = MiniHdfs.start(directory, 1);
        video = TestVideo.ofSize("64x48");
    }

    @AfterAll
    static void stop() {
        hdfs.close();
    }

    @BeforeEach
    void open(TestInfo test) throws Exception {
        archive = Archive.openForWriting(hdfs.root(), hdfs.client());
        String name = test.getTestMethod().orElseThrow().getName();
        camera = new TestCamera(name, video, memory, START);
    }

    @AfterEach
    void close() throws Exception {
        writers.forEach(writer -> writer.close(PATIENCE));
        archive.close();
        assertThat(memory.usedBytes()).isZero();
    }

    private ArchiveWriter writer(ArchiveWriterOptions options) {
        return writer(options, System::nanoTime);
    }

    private ArchiveWriter writer(ArchiveWriterOptions options, LongSupplier nanoTicker) {
        ArchiveWriter writer =
                new ArchiveWriter(
                        () -> Archive.openForWriting(hdfs.root(), hdfs.client()),
                        options.withBlockSizeBytes(4 << 20),
                        ArchiveWriter.newId(options),
                        InstantSource.system(),
                        nanoTicker,
                        metrics);
        writers.add(writer);
        return writer;
    }

    private static void awaitDurable(ArchiveWriter writer) throws Exception {
        Eventually.await("all durable", PATIENCE, () -> writer.pendingBytes() == 0);
    }

    private ArchiveContents contents() throws Exception {
        return ArchiveContents.of(archive, camera.id());
    }

    private static MediaTime at(String time) {
        return MediaTime.of(Instant.parse("2026-11-22T" + time + "Z"));
    }

    private void fill(ArchiveWriter writer, MediaTime from, int fragments) {
        MediaTime start = from;
        for (int i = 0; i < fragments; i++) {
            Fragment fragment = camera.fill(start);
            start = fragment.header().end();
            writer.write(fragment);
        }
    }

    @Test
    void fillsOfDifferentPlacesAreRecordingsOfTheirOwnAndFinishedSoon() throws Exception {
        ArchiveWriter recorder = writer(RECORDER);
        recorder.write(camera.next());
        ArchiveWriter fills = writer(FILLS);
        fill(fills, at("12:00:00"), 3);
        fill(fills, at("12:05:00"), 3);
        fill(fills, at("11:59:59.5"), 1);
        fill(fills, at("12:00:10"), 2);
        fill(fills, at("12:00:50"), 2);
        Eventually.await(
                "fills finished", PATIENCE, () -> contents().of(Kind.RECORDING).size() == 4);

        List<ArchiveContents.File> finished = contents().of(Kind.RECORDING);
        assertThat(finished)
                .extracting(file -> file.entry().name().toString().substring(0, 11))
                .containsExactlyInAnyOrder(
                        "115959.500Z", "120000.000Z", "120010.000Z", "120500.000Z");
        assertThat(finished).allMatch(file -> file.recording().orElseThrow().indexed());
        assertThat(contents().of(Kind.OPEN_RECORDING)).hasSize(1);
        recorder.write(camera.next());
        awaitDurable(recorder);
        assertThat(metrics.failed.get()).isZero();
    }

    /** The recorder's clock goes on only after the fill has grown, however slow the machine is. */
    @Test
    void aRecorderThatStartsLeavesAGrowingFillAlone() throws Exception {
        ArchiveWriter fills = writer(FILLS.withIdleBeforeFinish(Duration.ofHours(1)));
        fill(fills, at("12:00:00"), 1);
        awaitDurable(fills);
        Duration silence = Duration.ofMillis(200);
        AtomicLong recordersNanos = new AtomicLong();
        ArchiveWriter recorder =
                writer(
                        RECORDER.withFillSilence(silence).withDeadline(Duration.ofHours(1)),
                        recordersNanos::get);
        recorder.write(camera.next());
        for (int second = 1; second <= 10; second++) {
            long seen = looks();
            Eventually.await("another look", PATIENCE, () -> looks() > seen);
            fill(fills, at("12:00:00").plusTicks(second * TestVideo.GOP_TICKS), 1);
            awaitDurable(fills);
            recordersNanos.addAndGet(silence.toNanos() * 2 / 3);
        }
        assertThat(metrics.recovered.get()).isZero();
        assertThat(metrics.failed.get()).isZero();
        assertThat(contents().of(Kind.OPEN_RECORDING)).hasSize(2);
        fills.close(PATIENCE);
        assertThat(contents().of(Kind.OPEN_RECORDING)).hasSize(1);
    }

    /** Nobody else opens a file meanwhile. */
    private static long looks() {
        return GlobalStorageStatistics.INSTANCE
                .get(DFSOpsCountStatistics.NAME)
                .getLong(CommonStatisticNames.OP_OPEN);
    }

    @Test
    void aRecorderFinishesTheFillThatADeadWriterLeft() throws Exception {
        ArchiveWriter dead = writer(FILLS.withIdleBeforeFinish(Duration.ofMinutes(10)));
        fill(dead, at("12:00:00"), 3);
        awaitDurable(dead);
        ArchiveWriter recorder = writer(RECORDER);
        recorder.write(camera.next());
        Eventually.await("recovered", PATIENCE, () -> metrics.recovered.get() == 1);
        assertThat(contents().of(Kind.RECORDING)).hasSize(1);
        assertThat(contents().headers()).hasSize(4);
    }

    @Test
    void aNameNodeThatGoesAwayDuringAFillCostsNothing() throws Exception {
        ArchiveWriter fills = writer(FILLS);
        fill(fills, at("12:00:00"), 5);
        awaitDurable(fills);
        hdfs.cluster().shutdownNameNode(0);
        fill(fills, at("12:00:05"), 5);
        fill(fills, at("13:00:00"), 5);
        hdfs.cluster().restartNameNode(0);
        hdfs.cluster().waitActive();
        awaitDurable(fills);
        fills.close(PATIENCE);
        ArchiveWriter next = writer(FILLS);
        next.recover(fills.openRecordings());
        Eventually.await(
                "all finished", PATIENCE, () -> contents().of(Kind.OPEN_RECORDING).isEmpty());

        assertThat(contents().headers())
                .containsExactlyInAnyOrderElementsOf(camera.sent())
                .extracting(header -> header.sequence())
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 15).boxed().toList());
        for (ArchiveContents.File file : contents().files()) {
            List<StoredFragment> fragments = file.recording().orElseThrow().fragments();
            assertThat(ArchiveContents.decodedFrames(archive, file, directory))
                    .isEqualTo(10L * fragments.size());
        }
    }

    @Test
    void notesOfWhatIsLostGrowTogether() throws Exception {
        LostNotes notes = new LostNotes(archive);
        TimeRange first = new TimeRange(at("12:00:00"), at("12:10:00"));
        notes.write(camera.id(), first, GapCause.CAMERA_SILENT, "no ring has it");
        notes.write(camera.id(), first, GapCause.CAMERA_SILENT, "no ring has it");
        TimeRange next = new TimeRange(at("12:10:00"), at("12:11:00.001"));
        notes.write(camera.id(), next, GapCause.CAMERA_SILENT, "no ring has it");
        TimeRange far =
                new TimeRange(at("23:00:00"), MediaTime.of(Instant.parse("2026-11-23T01:00:00Z")));
        notes.write(camera.id(), far, GapCause.UNKNOWN, "no ring has it");

        List<TimeRange> noted = new ArrayList<>();
        for (ArchiveContents.File file : contents().of(Kind.GAP_NOTE)) {
            Optional<GapNote> note = GapNote.read(archive, file.entry());
            noted.add(note.orElseThrow().lost().orElseThrow());
        }
        MediaTime midnight = MediaTime.of(Instant.parse("2026-11-23T00:00:00Z"));
        assertThat(noted)
                .containsExactlyInAnyOrder(
                        new TimeRange(first.from(), next.to()),
                        new TimeRange(far.from(), midnight),
                        new TimeRange(midnight, far.to()));
    }
}
