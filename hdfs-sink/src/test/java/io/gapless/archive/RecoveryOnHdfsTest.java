package io.gapless.archive;

import static io.gapless.archive.WritersOnHdfs.PATIENCE;
import static io.gapless.archive.WritersOnHdfs.START;
import static io.gapless.archive.WritersOnHdfs.awaitDurable;
import static io.gapless.archive.WritersOnHdfs.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.ArchiveEntry.Kind;
import io.gapless.archive.ArchiveWriterOptions.Output;
import io.gapless.media.Fragment;
import io.gapless.media.GapCause;
import io.gapless.media.fmp4.FragmentEncoder;
import io.gapless.media.fmp4.InitializationSegment;
import io.gapless.media.fmp4.Recording;
import io.gapless.media.layout.RecordingName;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writers that die or are taken for dead, and those that finish what they left. */
class RecoveryOnHdfsTest {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryOnHdfsTest.class);

    @TempDir private static Path directory;
    private static MiniHdfs hdfs;
    private static TestVideo video;

    private String name;
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
    void name(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName();
    }

    private void open(Output output) throws Exception {
        writers = new WritersOnHdfs(hdfs, output, video, name + "-" + output);
    }

    @AfterEach
    void close() throws Exception {
        writers.close();
    }

    @ParameterizedTest
    @EnumSource(Output.class)
    void theNextWriterFinishesWhatADeadOneLeft(Output output) throws Exception {
        open(output);
        ArchiveWriter dead = writers.writer("dead");
        writers.write(dead, 5);
        awaitDurable(dead);
        assertThat(writers.contents().of(Kind.OPEN_RECORDING)).hasSize(1);

        long before = System.nanoTime();
        ArchiveWriter next = writers.writer("heir");
        writers.camera().reconnect(0, GapCause.RECORDER_RESTART);
        writers.write(next, 1);
        Eventually.await("recovered", PATIENCE, () -> writers.metrics().recovered.get() == 1);
        LOG.info("recovered after {} ms", (System.nanoTime() - before) / 1_000_000);

        ArchiveContents.File recovered = writers.contents().of(Kind.RECORDING).get(0);
        assertThat(recovered.recording().orElseThrow().fragments()).hasSize(5);
        assertThat(ArchiveContents.decodedFrames(writers.archive(), recovered, directory))
                .isEqualTo(50);
    }

    @ParameterizedTest
    @EnumSource(Output.class)
    void aFencedWriterGoesOnInAnotherRecording(Output output) throws Exception {
        open(output);
        ArchiveWriter zombie = writers.writer("zombie");
        writers.write(zombie, 3);
        awaitDurable(zombie);
        ArchiveWriter heir = writers.writer("heir");
        heir.recover(zombie.openRecordings());
        Eventually.await("recovered", PATIENCE, () -> writers.metrics().recovered.get() == 1);

        writers.write(zombie, 3);
        zombie.close(PATIENCE);

        assertThat(writers.contents().of(Kind.OPEN_RECORDING)).isEmpty();
        assertThat(writers.contents().sequences()).isEqualTo(upTo(6));
        assertThat(zombie.openRecordings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Output.class)
    void twoWritersOfACameraNeverDisturbEachOthersFiles(Output output) throws Exception {
        open(output);
        ArchiveWriter one = writers.writer("one");
        ArchiveWriter two = writers.writer("two");
        for (int i = 0; i < 10; i++) {
            one.write(writers.camera().next());
            two.write(writers.camera().next());
        }
        one.close(PATIENCE);
        two.close(PATIENCE);
        writers.writer("three").recover(one.openRecordings());
        writers.writer("four").recover(two.openRecordings());
        Eventually.await(
                "all finished",
                PATIENCE,
                () -> writers.contents().of(Kind.OPEN_RECORDING).isEmpty());
        assertThat(writers.contents().sequences()).containsAll(upTo(20)).hasSameSizeAs(upTo(20));
    }

    @Test
    void aTornTailIsCutOff() throws Exception {
        open(Output.BLOCKS);
        OpenRecording torn = leave(3, 1000);
        long before = System.nanoTime();
        ArchiveWriter writer = writers.writer("cutter");
        writer.recover(List.of(torn, torn));
        Eventually.await("recovered", PATIENCE, () -> writers.metrics().recovered.get() == 1);
        LOG.info("recovered and cut after {} ms", (System.nanoTime() - before) / 1_000_000);

        ArchiveContents.File file = writers.contents().files().get(0);
        Recording recording = file.recording().orElseThrow();
        assertThat(file.kind()).isEqualTo(Kind.RECORDING);
        assertThat(recording.fragments()).hasSize(3);
        assertThat(recording.completeBytes()).isEqualTo(file.sizeBytes());
        assertThat(ArchiveContents.decodedFrames(writers.archive(), file, directory)).isEqualTo(30);
        Eventually.await("forgotten", PATIENCE, () -> writer.openRecordings().isEmpty());
    }

    @Test
    void aRecordingWithoutAWholeFragmentIsDeleted() throws Exception {
        open(Output.BLOCKS);
        OpenRecording torn = leave(0, 1000);
        ArchiveWriter writer = writers.writer("deleter");
        writer.recover(List.of(torn));
        Eventually.await("gone", PATIENCE, () -> writers.contents().files().isEmpty());
    }

    @Test
    void severalRecoverersAtOnceAgree() throws Exception {
        open(Output.BLOCKS);
        OpenRecording torn = leave(3, 1000);
        List<ArchiveWriter> recoverers =
                List.of(writers.writer("a"), writers.writer("b"), writers.writer("c"));
        recoverers.forEach(writer -> writer.recover(List.of(torn)));
        Eventually.await(
                "all done",
                PATIENCE,
                () -> recoverers.stream().allMatch(w -> w.openRecordings().isEmpty()));
        assertThat(writers.contents().of(Kind.RECORDING)).hasSize(1);
        assertThat(writers.contents().sequences()).isEqualTo(upTo(3));
    }

    /** A recording as a killed writer leaves it: flushed, not closed, its last fragment torn. */
    private OpenRecording leave(int whole, int tornBytes) throws Exception {
        OpenRecording recording =
                new OpenRecording(writers.camera().id(), RecordingName.of(START, "torn", 0));
        Archive others = writers.openArchive();
        org.apache.hadoop.fs.Path path = others.layout().path(recording.entry());
        FSDataOutputStream out = others.fileSystem().create(path, false);
        boolean begun = false;
        for (int i = 0; i <= whole; i++) {
            Fragment fragment = writers.camera().next();
            if (!begun) {
                out.write(InitializationSegment.encode(List.of(fragment.configuration())));
                begun = true;
            }
            byte[] bytes = bytes(fragment, writers.camera().sent().get(0).start(), i + 1);
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
}
