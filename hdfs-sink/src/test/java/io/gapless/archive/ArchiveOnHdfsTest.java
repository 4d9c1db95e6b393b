package io.gapless.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.ArchiveEntry.Kind;
import io.gapless.archive.ArchiveWriterOptions.Output;
import io.gapless.media.Fragment;
import io.gapless.media.GapCause;
import io.gapless.media.MediaMemory;
import io.gapless.media.fmp4.FragmentEncoder;
import io.gapless.media.fmp4.InitializationSegment;
import io.gapless.media.fmp4.Recording;
import io.gapless.media.layout.RecordingName;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.hdfs.protocol.OpenFilesIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One NameNode and one DataNode that come and go, and writers that die. */
class ArchiveOnHdfsTest {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveOnHdfsTest.class);
    private static final Instant START = Instant.parse("2026-11-22T14:22:33.5Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long BLOCK_BYTES = 4 << 20;

    @TempDir private static Path directory;
    private static MiniHdfs hdfs;
    private static TestVideo video;

    private final MediaMemory memory = new MediaMemory(256L << 20);
    private final RecordingMetrics metrics = new RecordingMetrics();
    private final List<ArchiveWriter> writers = new ArrayList<>();
    private Archive archive;
    private TestCamera camera;

    @BeforeAll
    static void start() throws Exception {
        hdfs = MiniHdfs.start(directory, 1);
        video = TestVideo.ofSize("128x96");
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

    Output output() {
        return Output.HADOOP;
    }

    private ArchiveWriter writer(String id) {
        return writer(
                id,
                ArchiveWriterOptions.defaults()
                        .withBlockSizeBytes(BLOCK_BYTES)
                        .withDeadline(Duration.ofSeconds(5)));
    }

    private ArchiveWriter writer(String id, ArchiveWriterOptions options) {
        ArchiveWriter writer =
                new ArchiveWriter(
                        () -> Archive.openForWriting(hdfs.root(), hdfs.client()),
                        options.withOutput(output()),
                        id,
                        InstantSource.system(),
                        System::nanoTime,
                        metrics);
        writers.add(writer);
        return writer;
    }

    private void write(ArchiveWriter writer, int fragments) {
        for (int i = 0; i < fragments; i++) {
            writer.write(camera.next());
        }
    }

    private static void awaitDurable(ArchiveWriter writer) throws Exception {
        Eventually.await("all durable", PATIENCE, () -> writer.pendingBytes() == 0);
    }

    private ArchiveContents contents() throws Exception {
        return ArchiveContents.of(archive, camera.id());
    }

    private static List<Long> upTo(long count) {
        return LongStream.range(0, count).boxed().toList();
    }

    @Test
    void severalBlocksAreOneRecordingThatPlays() throws Exception {
        camera.changeVideo(video.withFiller(100_000));
        ArchiveWriter writer = writer("blocks");
        for (int i = 0; i < 12; i++) {
            write(writer, 1);
            awaitDurable(writer);
        }
        writer.close(PATIENCE);

        ArchiveContents.File file = contents().files().get(0);
        assertThat(file.sizeBytes()).isGreaterThan(2 * BLOCK_BYTES);
        assertThat(file.recording().orElseThrow().indexed()).isTrue();
        assertThat(contents().sequences()).isEqualTo(upTo(12));
        assertThat(ArchiveContents.decodedFrames(archive, file, directory)).isEqualTo(120);
        LOG.info("hflush of 1 MB fragments took {} ns", metrics.flushNanos);
    }

    @Test
    void theNextWriterFinishesWhatADeadOneLeft() throws Exception {
        ArchiveWriter dead = writer("dead");
        write(dead, 5);
        awaitDurable(dead);
        assertThat(contents().of(Kind.OPEN_RECORDING)).hasSize(1);

        long before = System.nanoTime();
        ArchiveWriter next = writer("heir");
        camera.reconnect(0, GapCause.RECORDER_RESTART);
        write(next, 1);
        Eventually.await("recovered", PATIENCE, () -> metrics.recovered.get() == 1);
        LOG.info("recovered after {} ms", (System.nanoTime() - before) / 1_000_000);

        ArchiveContents.File recovered = contents().of(Kind.RECORDING).get(0);
        assertThat(recovered.recording().orElseThrow().fragments()).hasSize(5);
        assertThat(ArchiveContents.decodedFrames(archive, recovered, directory)).isEqualTo(50);
    }

    @Test
    void aFencedWriterGoesOnInAnotherRecording() throws Exception {
        ArchiveWriter zombie = writer("zombie");
        write(zombie, 3);
        awaitDurable(zombie);
        ArchiveWriter heir = writer("heir");
        heir.recover(zombie.openRecordings());
        Eventually.await("recovered", PATIENCE, () -> metrics.recovered.get() == 1);

        write(zombie, 3);
        zombie.close(PATIENCE);

        assertThat(contents().of(Kind.OPEN_RECORDING)).isEmpty();
        assertThat(contents().sequences()).isEqualTo(upTo(6));
        assertThat(zombie.openRecordings()).isEmpty();
    }

    @Test
    void twoWritersOfACameraNeverDisturbEachOthersFiles() throws Exception {
        ArchiveWriter one = writer("one");
        ArchiveWriter two = writer("two");
        for (int i = 0; i < 10; i++) {
            one.write(camera.next());
            two.write(camera.next());
        }
        one.close(PATIENCE);
        two.close(PATIENCE);
        writer("three").recover(one.openRecordings());
        writer("four").recover(two.openRecordings());
        Eventually.await(
                "all finished", PATIENCE, () -> contents().of(Kind.OPEN_RECORDING).isEmpty());
        assertThat(contents().sequences()).containsAll(upTo(20)).hasSameSizeAs(upTo(20));
    }

    @Test
    void aTornTailIsCutOff() throws Exception {
        OpenRecording torn = leave(3, 1000);
        long before = System.nanoTime();
        ArchiveWriter writer = writer("cutter");
        writer.recover(List.of(torn, torn));
        Eventually.await("recovered", PATIENCE, () -> metrics.recovered.get() == 1);
        LOG.info("recovered and cut after {} ms", (System.nanoTime() - before) / 1_000_000);

        ArchiveContents.File file = contents().files().get(0);
        Recording recording = file.recording().orElseThrow();
        assertThat(file.kind()).isEqualTo(Kind.RECORDING);
        assertThat(recording.fragments()).hasSize(3);
        assertThat(recording.completeBytes()).isEqualTo(file.sizeBytes());
        assertThat(ArchiveContents.decodedFrames(archive, file, directory)).isEqualTo(30);
        Eventually.await("forgotten", PATIENCE, () -> writer.openRecordings().isEmpty());
    }

    @Test
    void aRecordingWithoutAWholeFragmentIsDeleted() throws Exception {
        OpenRecording torn = leave(0, 1000);
        ArchiveWriter writer = writer("deleter");
        writer.recover(List.of(torn));
        Eventually.await("gone", PATIENCE, () -> contents().files().isEmpty());
    }

    @Test
    void severalRecoverersAtOnceAgree() throws Exception {
        OpenRecording torn = leave(3, 1000);
        List<ArchiveWriter> recoverers = List.of(writer("a"), writer("b"), writer("c"));
        recoverers.forEach(writer -> writer.recover(List.of(torn)));
        Eventually.await(
                "all done",
                PATIENCE,
                () -> recoverers.stream().allMatch(w -> w.openRecordings().isEmpty()));
        assertThat(contents().of(Kind.RECORDING)).hasSize(1);
        assertThat(contents().sequences()).isEqualTo(upTo(3));
    }

    /** A recording as a killed writer leaves it: flushed, not closed, its last fragment torn. */
    private OpenRecording leave(int whole, int tornBytes) throws Exception {
        OpenRecording recording =
                new OpenRecording(camera.id(), RecordingName.of(START, "torn", 0));
        Archive others = Archive.openForWriting(hdfs.root(), hdfs.client());
        org.apache.hadoop.fs.Path path = others.layout().path(recording.entry());
        FSDataOutputStream out = others.fileSystem().create(path, false);
        boolean begun = false;
        for (int i = 0; i <= whole; i++) {
            Fragment fragment = camera.next();
            if (!begun) {
                out.write(InitializationSegment.encode(List.of(fragment.configuration())));
                begun = true;
            }
            byte[] bytes = bytes(fragment, camera.sent().get(0).start(), i + 1);
            out.write(bytes, 0, i < whole ? bytes.length : tornBytes);
            fragment.release();
        }
        out.hflush();
        return recording;
    }

    private static byte[] bytes(Fragment fragment, io.gapless.media.MediaTime start, int sequence) {
        ByteBuffer all = ByteBuffer.allocate((int) FragmentEncoder.sizeBytes(fragment));
        all.put(FragmentEncoder.header(fragment, start, sequence));
        fragment.videoData().views().forEach(all::put);
        return all.array();
    }

    @Test
    void aDataNodeThatGoesAwayAndComesBackCostsNothing() throws Exception {
        ArchiveWriter writer = writer("dn");
        write(writer, 5);
        awaitDurable(writer);
        var stopped = hdfs.cluster().stopDataNode(0);
        write(writer, 5);
        Eventually.await("stalled", PATIENCE, () -> writer.stalledCameras() == 1);
        write(writer, 5);
        assertThat(hdfs.cluster().restartDataNode(stopped, true)).isTrue();
        hdfs.cluster().waitActive();
        awaitDurable(writer);
        write(writer, 5);
        writer.close(PATIENCE);

        assertThat(writer.stalledCameras()).isZero();
        try (ArchiveWriterCloser next = new ArchiveWriterCloser(writer("later"))) {
            next.writer().recover(writer.openRecordings());
            Eventually.await(
                    "all finished", PATIENCE, () -> contents().of(Kind.OPEN_RECORDING).isEmpty());
        }
        assertThat(contents().sequences()).containsOnlyOnceElementsOf(upTo(20));
    }

    /** Closes a writer before the archive is read. */
    private record ArchiveWriterCloser(ArchiveWriter writer) implements AutoCloseable {
        @Override
        public void close() {
            writer.close(PATIENCE);
        }
    }

    @Test
    void aNameNodeThatRestartsIsWaitedFor() throws Exception {
        ArchiveWriter writer = writer("nn");
        write(writer, 5);
        awaitDurable(writer);
        hdfs.cluster().shutdownNameNode(0);
        write(writer, 5);
        TestCamera other = new TestCamera(camera.id() + "-other", video, memory, START);
        writer.write(other.next());
        hdfs.cluster().restartNameNode(0);
        hdfs.cluster().waitActive();
        awaitDurable(writer);
        write(writer, 5);
        writer.close(PATIENCE);

        assertThat(contents().sequences()).isEqualTo(upTo(15));
        assertThat(ArchiveContents.of(archive, other.id()).sequences()).isEqualTo(upTo(1));
    }

    @Test
    void aRecorderStartsIntoMemoryWhileTheStoreIsAway() throws Exception {
        hdfs.cluster().shutdownNameNode(0);
        ArchiveWriter writer = writer("early");
        write(writer, 5);
        assertThat(writer.pendingBytes()).isPositive();
        hdfs.cluster().restartNameNode(0);
        hdfs.cluster().waitActive();
        awaitDurable(writer);
        assertThat(contents().sequences()).isEqualTo(upTo(5));
    }

    @Test
    void aQuotaThatIsReachedIsWaitedForAndLeavesNothingBehind() throws Exception {
        camera.changeVideo(video.withFiller(20_000));
        ArchiveWriter writer = writer("quota");
        write(writer, 2);
        awaitDurable(writer);
        org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(hdfs.root());
        // Less than one more block.
        hdfs.cluster().getFileSystem().setQuota(root, HdfsConstants.QUOTA_DONT_SET, BLOCK_BYTES);
        try {
            TestCamera other = new TestCamera(camera.id() + "-other", video, memory, START);
            writer.write(other.next());
            Eventually.await("full", PATIENCE, () -> writer.fullCameras() == 1);
            // The one that has a block goes on into it, and then has no room either.
            write(writer, 40);
            Eventually.await("both are full", PATIENCE, () -> writer.fullCameras() == 2);
            assertThat(emptyFiles()).hasSizeLessThanOrEqualTo(2);
        } finally {
            hdfs.cluster()
                    .getFileSystem()
                    .setQuota(root, HdfsConstants.QUOTA_DONT_SET, HdfsConstants.QUOTA_RESET);
        }
        awaitDurable(writer);
        assertThat(writer.fullCameras()).isZero();
        assertThat(metrics.dropped).hasValue(0);
        assertThat(contents().sequences()).containsAll(upTo(42));
        assertThat(emptyFiles()).isEmpty();
    }

    private List<org.apache.hadoop.fs.Path> emptyFiles() throws Exception {
        List<org.apache.hadoop.fs.Path> empty = new ArrayList<>();
        var files =
                archive.fileSystem().listFiles(new org.apache.hadoop.fs.Path(hdfs.root()), true);
        while (files.hasNext()) {
            org.apache.hadoop.fs.Path path = files.next().getPath();
            if (path.getName().startsWith(".probe-")) {
                // Of a preflight whose NameNode another test took away.
                continue;
            }
            // The length that is listed of an open file lags.
            try (ArchiveFile file = archive.read(path)) {
                if (file.sizeBytes() == 0) {
                    empty.add(path);
                }
            }
        }
        return empty;
    }

    @Test
    void stallsLeaveNoThreadsNoLeasesAndNoOpenFilesBehind() throws Exception {
        List<TestCamera> cameras = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            cameras.add(new TestCamera(camera.id().value() + i, video, memory, START));
        }
        ArchiveWriter writer = writer("leaks");
        for (int round = 0; round < 3; round++) {
            cameras.forEach(each -> writer.write(each.next()));
            awaitDurable(writer);
            var stopped = hdfs.cluster().stopDataNode(0);
            cameras.forEach(each -> writer.write(each.next()));
            Eventually.await("stalled", PATIENCE, () -> writer.stalledCameras() == cameras.size());
            assertThat(hdfs.cluster().restartDataNode(stopped, true)).isTrue();
            hdfs.cluster().waitActive();
            awaitDurable(writer);
        }
        Eventually.await(
                "only what grows is open", PATIENCE, () -> writer.openRecordings().size() == 4);
        int threads = output() == Output.HADOOP ? 4 : 0;
        Eventually.await("their threads are", PATIENCE, () -> streamers() == threads);
        Eventually.await("their leases are", PATIENCE, () -> leases() == 4);
        for (TestCamera each : cameras) {
            assertThat(ArchiveContents.of(archive, each.id()).sequences()).containsAll(upTo(6));
        }
        writer.close(PATIENCE);
        Eventually.await("all are closed", PATIENCE, () -> streamers() + leases() == 0);
    }

    private long streamers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("DataStreamer for file"))
                .filter(thread -> thread.getName().contains(camera.id().value()))
                .count();
    }

    private long leases() throws Exception {
        long open = 0;
        var files =
                ((DistributedFileSystem) archive.fileSystem())
                        .listOpenFiles(
                                EnumSet.of(OpenFilesIterator.OpenFilesType.ALL_OPEN_FILES), "/");
        while (files.hasNext()) {
            open += files.next().getFilePath().contains(camera.id().value()) ? 1 : 0;
        }
        return open;
    }

    @Test
    void closingWhileTheStoreIsAwayKeepsTheDeadlineAndFreesTheMemory() throws Exception {
        ArchiveWriter writer = writer("hurried");
        write(writer, 2);
        awaitDurable(writer);
        hdfs.cluster().shutdownNameNode(0);
        try {
            write(writer, 2);
            long before = System.nanoTime();
            writer.close(Duration.ofSeconds(2));
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isLessThan(Duration.ofSeconds(4));
            Eventually.await("memory is back", PATIENCE, () -> memory.usedBytes() == 0);
        } finally {
            hdfs.cluster().restartNameNode(0);
            hdfs.cluster().waitActive();
        }
        // Either its successor finishes the recording, or the interrupted close does after all.
        ArchiveWriter next = writer("patient");
        next.recover(writer.openRecordings());
        Eventually.await(
                "finished",
                PATIENCE,
                () ->
                        next.openRecordings().isEmpty()
                                && contents().of(Kind.OPEN_RECORDING).isEmpty());
        assertThat(contents().sequences()).startsWith(0L, 1L);
    }
}
