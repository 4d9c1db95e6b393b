package io.gapless.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.ArchiveWriterOptions.Output;
import io.gapless.media.MediaMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All of HDFS is killed and comes back, the NameNode first. It does not wait in safe mode, as one
 * does not that has open files alone; and it knows no bytes of those.
 */
class UnreportedBlocksTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int FRAGMENTS = 5;

    @TempDir private Path directory;

    private final MediaMemory memory = new MediaMemory(64L << 20);
    private final RecordingMetrics metrics = new RecordingMetrics();

    @ParameterizedTest
    @EnumSource(Output.class)
    void whatADeadWriterFlushedIsThereOnceItsDataNodeIsBack(Output output) throws Exception {
        Map<String, String> hasty = Map.of("dfs.namenode.safemode.threshold-pct", "0");
        try (MiniHdfs hdfs = MiniHdfs.start(directory, 1, hasty)) {
            TestCamera camera =
                    new TestCamera("door", TestVideo.ofSize("64x48"), memory, Instant.now());
            ArchiveWriter dead = writer(hdfs, output, "dead");
            for (int i = 0; i < FRAGMENTS; i++) {
                dead.write(camera.next());
            }
            Eventually.await("all durable", PATIENCE, () -> dead.pendingBytes() == 0);
            List<OpenRecording> left = dead.openRecordings();
            var stopped = hdfs.cluster().stopDataNode(0);
            hdfs.cluster().restartNameNode(0, false);

            ArchiveWriter heir = writer(hdfs, output, "heir");
            heir.recover(left);
            assertThat(hdfs.cluster().restartDataNode(stopped, true)).isTrue();
            Eventually.await("recovered", PATIENCE, () -> heir.openRecordings().isEmpty());

            try (Archive archive = Archive.openForWriting(hdfs.root(), hdfs.client())) {
                assertThat(ArchiveContents.of(archive, camera.id()).sequences())
                        .isEqualTo(LongStream.range(0, FRAGMENTS).boxed().toList());
            }
            heir.close(PATIENCE);
            dead.close(PATIENCE);
        }
        assertThat(memory.usedBytes()).isZero();
    }

    private ArchiveWriter writer(MiniHdfs hdfs, Output output, String id) {
        return new ArchiveWriter(
                () -> Archive.openForWriting(hdfs.root(), hdfs.client()),
                ArchiveWriterOptions.defaults()
                        .withDeadline(Duration.ofSeconds(5))
                        .withOutput(output),
                id,
                InstantSource.system(),
                System::nanoTime,
                metrics);
    }
}
