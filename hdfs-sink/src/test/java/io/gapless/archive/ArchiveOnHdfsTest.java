package io.gapless.archive;

import static io.gapless.archive.WritersOnHdfs.BLOCK_BYTES;
import static io.gapless.archive.WritersOnHdfs.PATIENCE;
import static io.gapless.archive.WritersOnHdfs.START;
import static io.gapless.archive.WritersOnHdfs.awaitDurable;
import static io.gapless.archive.WritersOnHdfs.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.ArchiveEntry.Kind;
import io.gapless.archive.ArchiveWriterOptions.Output;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
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

/** One NameNode and one DataNode that come and go. */
class ArchiveOnHdfsTest {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveOnHdfsTest.class);

    @TempDir private static Path directory;
    private static MiniHdfs hdfs;
    private static TestVideo video;

    private WritersOnHdfs writers;

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
        String name = test.getTestMethod().orElseThrow().getName();
        writers = new WritersOnHdfs(hdfs, output(), video, name);
    }

    @AfterEach
    void close() throws Exception {
        writers.close();
    }

    Output output() {
        return Output.HADOOP;
    }

    @Test
    void severalBlocksAreOneRecordingThatPlays() throws Exception {
        writers.camera().changeVideo(video.withFiller(100_000));
        ArchiveWriter writer = writers.writer("blocks");
        for (int i = 0; i < 12; i++) {
            writers.write(writer, 1);
            awaitDurable(writer);
        }
        writer.close(PATIENCE);

        ArchiveContents.File file = writers.contents().files().get(0);
        assertThat(file.sizeBytes()).isGreaterThan(2 * BLOCK_BYTES);
        assertThat(file.recording().orElseThrow().indexed()).isTrue();
        assertThat(writers.contents().sequences()).isEqualTo(upTo(12));
        assertThat(ArchiveContents.decodedFrames(writers.archive(), file, directory))
                .isEqualTo(120);
        LOG.info("hflush of 1 MB fragments took {} ns", writers.metrics().flushNanos);
    }

    @Test
    void aDataNodeThatGoesAwayAndComesBackCostsNothing() throws Exception {
        ArchiveWriter writer = writers.writer("dn");
        writers.write(writer, 5);
        awaitDurable(writer);
        var stopped = hdfs.cluster().stopDataNode(0);
        writers.write(writer, 5);
        Eventually.await("stalled", PATIENCE, () -> writer.stalledCameras() == 1);
        writers.write(writer, 5);
        assertThat(hdfs.cluster().restartDataNode(stopped, true)).isTrue();
        hdfs.cluster().waitActive();
        awaitDurable(writer);
        writers.write(writer, 5);
        writer.close(PATIENCE);

        assertThat(writer.stalledCameras()).isZero();
        try (ArchiveWriterCloser next = new ArchiveWriterCloser(writers.writer("later"))) {
            next.writer().recover(writer.openRecordings());
            Eventually.await(
                    "all finished",
                    PATIENCE,
                    () -> writers.contents().of(Kind.OPEN_RECORDING).isEmpty());
        }
        assertThat(writers.contents().sequences()).containsOnlyOnceElementsOf(upTo(20));
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
        ArchiveWriter writer = writers.writer("nn");
        writers.write(writer, 5);
        awaitDurable(writer);
        hdfs.cluster().shutdownNameNode(0);
        writers.write(writer, 5);
        TestCamera other =
                new TestCamera(writers.camera().id() + "-other", video, writers.memory(), START);
        writer.write(other.next());
        hdfs.cluster().restartNameNode(0);
        hdfs.cluster().waitActive();
        awaitDurable(writer);
        writers.write(writer, 5);
        writer.close(PATIENCE);

        assertThat(writers.contents().sequences()).isEqualTo(upTo(15));
        assertThat(ArchiveContents.of(writers.archive(), other.id()).sequences())
                .isEqualTo(upTo(1));
    }

    @Test
    void aRecorderStartsIntoMemoryWhileTheStoreIsAway() throws Exception {
        hdfs.cluster().shutdownNameNode(0);
        ArchiveWriter writer = writers.writer("early");
        writers.write(writer, 5);
        assertThat(writer.pendingBytes()).isPositive();
        hdfs.cluster().restartNameNode(0);
        hdfs.cluster().waitActive();
        awaitDurable(writer);
        assertThat(writers.contents().sequences()).isEqualTo(upTo(5));
    }

    @Test
    void aQuotaThatIsReachedIsWaitedForAndLeavesNothingBehind() throws Exception {
        writers.camera().changeVideo(video.withFiller(20_000));
        ArchiveWriter writer = writers.writer("quota");
        writers.write(writer, 2);
        awaitDurable(writer);
        org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(hdfs.root());
        // Less than one more block.
        hdfs.cluster().getFileSystem().setQuota(root, HdfsConstants.QUOTA_DONT_SET, BLOCK_BYTES);
        try {
            TestCamera other =
                    new TestCamera(
                            writers.camera().id() + "-other", video, writers.memory(), START);
            writer.write(other.next());
            Eventually.await("full", PATIENCE, () -> writer.fullCameras() == 1);
            // The one that has a block goes on into it, and then has no room either.
            writers.write(writer, 40);
            Eventually.await("both are full", PATIENCE, () -> writer.fullCameras() == 2);
            assertThat(emptyFiles()).hasSizeLessThanOrEqualTo(2);
        } finally {
            hdfs.cluster()
                    .getFileSystem()
                    .setQuota(root, HdfsConstants.QUOTA_DONT_SET, HdfsConstants.QUOTA_RESET);
        }
        awaitDurable(writer);
        assertThat(writer.fullCameras()).isZero();
        assertThat(writers.metrics().dropped).hasValue(0);
        assertThat(writers.contents().sequences()).containsAll(upTo(42));
        assertThat(emptyFiles()).isEmpty();
    }

    private List<org.apache.hadoop.fs.Path> emptyFiles() throws Exception {
        List<org.apache.hadoop.fs.Path> empty = new ArrayList<>();
        var files =
                writers.archive()
                        .fileSystem()
                        .listFiles(new org.apache.hadoop.fs.Path(hdfs.root()), true);
        while (files.hasNext()) {
            org.apache.hadoop.fs.Path path = files.next().getPath();
            if (path.getName().startsWith(".probe-")) {
                // Of a preflight whose NameNode another test took away.
                continue;
            }
            // The length that is listed of an open file lags.
            try (ArchiveFile file = writers.archive().read(path)) {
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
            cameras.add(
                    new TestCamera(
                            writers.camera().id().value() + i, video, writers.memory(), START));
        }
        ArchiveWriter writer = writers.writer("leaks");
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
            assertThat(ArchiveContents.of(writers.archive(), each.id()).sequences())
                    .containsAll(upTo(6));
        }
        writer.close(PATIENCE);
        Eventually.await("all are closed", PATIENCE, () -> streamers() + leases() == 0);
    }

    private long streamers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("DataStreamer for file"))
                .filter(thread -> thread.getName().contains(writers.camera().id().value()))
                .count();
    }

    private long leases() throws Exception {
        long open = 0;
        var files =
                ((DistributedFileSystem) writers.archive().fileSystem())
                        .listOpenFiles(
                                EnumSet.of(OpenFilesIterator.OpenFilesType.ALL_OPEN_FILES), "/");
        while (files.hasNext()) {
            open += files.next().getFilePath().contains(writers.camera().id().value()) ? 1 : 0;
        }
        return open;
    }

    @Test
    void closingWhileTheStoreIsAwayKeepsTheDeadlineAndFreesTheMemory() throws Exception {
        ArchiveWriter writer = writers.writer("hurried");
        writers.write(writer, 2);
        awaitDurable(writer);
        hdfs.cluster().shutdownNameNode(0);
        try {
            writers.write(writer, 2);
            assertThat(WaitedTime.of(() -> writer.close(Duration.ofSeconds(2))))
                    .isLessThan(Duration.ofSeconds(4));
            Eventually.await("memory is back", PATIENCE, () -> writers.memory().usedBytes() == 0);
        } finally {
            hdfs.cluster().restartNameNode(0);
            hdfs.cluster().waitActive();
        }
        // Either its successor finishes the recording, or the interrupted close does after all.
        ArchiveWriter next = writers.writer("patient");
        next.recover(writer.openRecordings());
        Eventually.await(
                "finished",
                PATIENCE,
                () ->
                        next.openRecordings().isEmpty()
                                && writers.contents().of(Kind.OPEN_RECORDING).isEmpty());
        assertThat(writers.contents().sequences()).startsWith(0L, 1L);
    }
}
