package io.gapless.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.ArchiveWriterOptions.Output;
import io.gapless.media.MediaMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** With Hadoop's defaults the death of one of three DataNodes kills every open stream. */
class ArchiveOnThreeDataNodesTest {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveOnThreeDataNodesTest.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<Long> ALL = LongStream.range(0, 10).boxed().toList();

    @TempDir private Path directory;
    private final MediaMemory memory = new MediaMemory(64L << 20);
    private final RecordingMetrics metrics = new RecordingMetrics();

    @Test
    void theDeathOfOneDataNodeFailsNoStreamAndRollsToANewRecording() throws Exception {
        assertThat(killOneWhileWritingBy(Output.HADOOP)).isEqualTo(ALL);
        assertThat(metrics.failed).hasValue(0);
    }

    @Test
    void theDeathOfOneDataNodeFailsTheRecordingAndNothingIsMissing() throws Exception {
        // The one that was being written may be there twice.
        assertThat(killOneWhileWritingBy(Output.BLOCKS)).containsAll(ALL);
        assertThat(metrics.failed).hasValue(1);
        assertThat(metrics.recovered).hasValue(1);
    }

    private List<Long> killOneWhileWritingBy(Output output) throws Exception {
        try (MiniHdfs hdfs = MiniHdfs.start(directory, 3);
                Archive archive = Archive.openForWriting(hdfs.root(), hdfs.client())) {
            ArchiveWriter writer =
                    new ArchiveWriter(
                            () -> Archive.openForWriting(hdfs.root(), hdfs.client()),
                            ArchiveWriterOptions.defaults()
                                    .withBlockSizeBytes(4 << 20)
                                    .withOutput(output),
                            "w",
                            InstantSource.system(),
                            System::nanoTime,
                            metrics);
            TestCamera camera =
                    new TestCamera(
                            "front",
                            TestVideo.ofSize("128x96"),
                            memory,
                            Instant.parse("2026-11-22T14:22:33.5Z"));
            for (int i = 0; i < 10; i++) {
                if (i == 3) {
                    hdfs.cluster().stopDataNode(0);
                }
                writer.write(camera.next());
                Eventually.await("durable", PATIENCE, () -> writer.pendingBytes() == 0);
            }
            // HDFS may try the dead one first, and again after 30 of its heartbeats only.
            Eventually.await(
                    "what failed is recovered",
                    PATIENCE.multipliedBy(4),
                    () -> metrics.recovered.get() == metrics.failed.get());
            writer.close(PATIENCE);

            LOG.info("hflush with one of three DataNodes dying took {} ns", metrics.flushNanos);
            assertThat(metrics.opened).hasValue(2);
            assertThat(memory.usedBytes()).isZero();
            return ArchiveContents.of(archive, camera.id()).sequences();
        }
    }
}
