package io.gapless.archive;

import static io.gapless.archive.RecordedCameras.PATIENCE;
import static io.gapless.archive.RecordedCameras.awaitDurable;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cameras are recorded while the active one of two NameNodes dies, or hangs. */
@Timeout(value = 8, unit = TimeUnit.MINUTES) // eleven take who insist on a dead one
class ArchiveOnPairTest {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveOnPairTest.class);

    /** Three of which are more than a block. */
    private static final long FRAGMENT_BYTES = 350_000;

    @TempDir private Path directory;
    private HdfsPair hdfs;
    private RecordedCameras cameras;

    @BeforeEach
    void start() throws Exception {
        hdfs = HdfsPair.start(directory, 1, Map.of());
        cameras = new RecordedCameras(hdfs.root(), 4);
    }

    @AfterEach
    void stop() {
        try {
            cameras.close();
        } finally {
            hdfs.close();
        }
    }

    @Test
    void theDeathOfTheActiveNameNodeCostsNothing() throws Exception {
        ArchiveWriter writer = cameras.writer("w", hdfs.client());
        writeUntilTwoNeedTheDead(writer);
        cameras.write(writer, 4);
        hdfs.takeOver();
        long before = System.nanoTime();
        awaitDurable(writer);
        LOG.info("all durable {} ms after", (System.nanoTime() - before) / 1_000_000);
        writeOnAndFinish(writer);
    }

    @Test
    void whoGivesUpBeforeTheOtherIsActiveBeginsAgain() throws Exception {
        ArchiveWriterOptions hasty =
                ArchiveWriterOptions.defaults().withDeadline(Duration.ofSeconds(2));
        ArchiveWriter writer = cameras.writer("w", hdfs.client(), hasty);
        writeUntilTwoNeedTheDead(writer);
        Eventually.await("they gave up", PATIENCE, () -> writer.stalledCameras() == 2);
        hdfs.takeOver();
        awaitDurable(writer);
        writeOnAndFinish(writer);
    }

    private void writeUntilTwoNeedTheDead(ArchiveWriter writer) throws Exception {
        cameras.writeUnevenly(writer);
        awaitDurable(writer);
        hdfs.killActive();
        cameras.write(writer, 1);
        RecordedCameras.write(writer, cameras.add(), 1);
        // Within a block nobody needs a NameNode; who waits are the new one and the second.
        Eventually.await("two wait", PATIENCE, () -> writer.pendingBytes() < 3 * FRAGMENT_BYTES);
    }

    private void writeOnAndFinish(ArchiveWriter writer) throws Exception {
        cameras.write(writer, 2);
        awaitDurable(writer);
        writer.close(PATIENCE);
        cameras.finish(writer.openRecordings(), hdfs.client());
        cameras.assertEachFrameOnce(hdfs.client());
    }

    @Test
    void whatAWriterLeftThatDiedWithItsNameNodeIsFinishedByTheOther() throws Exception {
        ArchiveWriter dead = cameras.writer("dead", hdfs.client());
        cameras.writeUnevenly(dead);
        awaitDurable(dead);
        List<OpenRecording> left = dead.openRecordings();
        assertThat(left).hasSize(cameras.count());
        hdfs.killActive();
        hdfs.takeOver();
        cameras.finish(left, hdfs.client());
        assertThat(cameras.metrics().recovered).hasValue(cameras.count());
        cameras.assertEachFrameOnce(hdfs.client());
    }

    /** One that takes connections and never answers, as the kernel does for a stopped process. */
    @Test
    void aNameNodeThatHangsIsLeftForTheOther() throws Exception {
        hdfs.failOver();
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var client =
                    hdfs.client(
                            (InetSocketAddress) hanging.getLocalSocketAddress(),
                            hdfs.addressOfSecond());
            ArchiveWriter writer = cameras.writer("w", client);
            long before = System.nanoTime();
            cameras.writeUnevenly(writer);
            awaitDurable(writer);
            LOG.info("all durable after {} ms", (System.nanoTime() - before) / 1_000_000);
            LOG.info("recordings that failed: {}", cameras.metrics().failed);
            writer.close(PATIENCE);
        }
        cameras.assertEachFrameOnce(hdfs.client());
    }
}
