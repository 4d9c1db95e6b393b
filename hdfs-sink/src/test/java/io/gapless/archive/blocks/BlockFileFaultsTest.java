package io.gapless.archive.blocks;

import static io.gapless.archive.blocks.FilesOnHdfs.BLOCK_BYTES;
import static io.gapless.archive.blocks.FilesOnHdfs.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.archive.Eventually;
import io.gapless.archive.MiniHdfs;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.protocol.DatanodeInfo;
import org.apache.hadoop.hdfs.server.datanode.DataNodeFaultInjector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What DataNodes do to files that are being written: they die, refuse, hang, and wait in vain. */
class BlockFileFaultsTest {
    @TempDir private static java.nio.file.Path directory;
    private static MiniHdfs hdfs;

    private FilesOnHdfs files;

    @BeforeAll
    static void start() throws Exception {
        hdfs = MiniHdfs.start(directory, 4);
    }

    @AfterAll
    static void stop() {
        hdfs.close();
    }

    @BeforeEach
    void connect(TestInfo test) throws Exception {
        String name = test.getTestMethod().orElseThrow().getName();
        files = new FilesOnHdfs(hdfs.root(), hdfs.client(), name);
    }

    @AfterEach
    void disconnect() throws Exception {
        DataNodeFaultInjector.set(new DataNodeFaultInjector());
        files.close();
    }

    @Test
    void theDeathOfADataNodeFailsItsFilesAndNoOthers() throws Exception {
        BlockFile failing = files.create();
        files.write(failing, 0, 300_001);
        failing.flush();
        DatanodeInfo dead = files.nodes(files.path()).get(1);
        Path elsewhere = files.beside("elsewhere");
        BlockFile other = createWithout(dead, elsewhere);
        var stopped = hdfs.cluster().stopDataNode(dead.getXferAddr());
        try {
            assertThatThrownBy(() -> writeOn(failing, 300_001))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(", by [");
            assertThatThrownBy(failing::flush).isInstanceOf(IOException.class);
            failing.close();

            files.write(other, 1000, 2000);
            other.flush();
            Path next = files.beside("next");
            try (BlockFile file = files.create(next)) {
                files.write(file, 0, 5000);
                file.flush();
                assertThat(files.nodes(next)).doesNotContain(dead);
            }
            other.close();
            files.assertVisible(elsewhere, 2000);
        } finally {
            hdfs.cluster().restartDataNode(stopped, true);
            hdfs.cluster().waitActive();
        }
        Eventually.await("closed", PATIENCE, () -> files.fileSystem().recoverLease(files.path()));
        int recovered = files.visible(files.path()).length;
        assertThat(recovered).isGreaterThanOrEqualTo(300_001);
        files.assertVisible(recovered);
    }

    /** With four DataNodes one block in four does without a given one. */
    private BlockFile createWithout(DatanodeInfo node, Path file) throws IOException {
        while (true) {
            BlockFile made = files.create(file);
            files.write(made, 0, 1000);
            made.flush();
            if (!files.nodes(file).contains(node)) {
                return made;
            }
            made.abandon();
            files.fileSystem().delete(file, false);
        }
    }

    /** The death may show only at a later flush, but at one within this block. */
    private void writeOn(BlockFile file, int from) throws IOException {
        for (int at = from; at + 10_000 <= BLOCK_BYTES; at += 10_000) {
            files.write(file, at, at + 10_000);
            file.flush();
        }
    }

    @Test
    void aDataNodeThatRefusesABlockIsAvoided() throws Exception {
        AtomicInteger refusals = new AtomicInteger();
        DataNodeFaultInjector.set(
                new DataNodeFaultInjector() {
                    @Override
                    public void failMirrorConnection() throws IOException {
                        if (refusals.getAndIncrement() == 0) {
                            throw new IOException("refused by the test");
                        }
                    }
                });
        try (BlockFile file = files.create()) {
            files.write(file, 0, 1000);
            file.flush();
        }
        assertThat(refusals).hasValueGreaterThan(1);
        files.assertWhole(1000);
    }

    @Test
    void aWriteThatIsStuckIsBrokenByAnInterrupt() throws Exception {
        BlockFile file = files.create();
        files.write(file, 0, 1000);
        file.flush();
        CountDownLatch thawed = freezeAcknowledgements();
        files.write(file, 1000, 2000);
        CompletableFuture<Void> result = new CompletableFuture<>();
        Thread writer = new Thread(() -> complete(result, file));
        writer.start();
        Eventually.await("waits", PATIENCE, () -> isReading(writer));
        writer.interrupt();
        assertFails(result);
        file.close();
        thawed.countDown();
    }

    @Test
    void aWriteThatIsStuckIsBrokenByItsTimeOut() throws Exception {
        BlockFile file = files.create();
        files.write(file, 0, 1000);
        file.flush();
        CountDownLatch thawed = freezeAcknowledgements();
        files.write(file, 1000, 2000);
        CompletableFuture<Void> result = new CompletableFuture<>();
        Thread writer = new Thread(() -> complete(result, file));
        writer.start();
        Eventually.await("waits", PATIENCE, () -> isReading(writer));
        files.skip(Duration.ofMinutes(2));
        assertFails(result);
        thawed.countDown();
    }

    private static CountDownLatch freezeAcknowledgements() {
        CountDownLatch thawed = new CountDownLatch(1);
        DataNodeFaultInjector.set(
                new DataNodeFaultInjector() {
                    @Override
                    public void delaySendingAckToUpstream(String upstream) throws IOException {
                        try {
                            thawed.await();
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                    }
                });
        return thawed;
    }

    private static void complete(CompletableFuture<Void> result, BlockFile file) {
        try {
            file.flush();
            result.complete(null);
        } catch (IOException e) {
            result.completeExceptionally(e);
        }
    }

    private static boolean isReading(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(Acknowledgements.class.getName()));
    }

    private static void assertFails(CompletableFuture<Void> result) {
        assertThatThrownBy(() -> result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("no answer in time");
    }

    @Test
    void anIdleFileGivesSignsOfLifeAndGoesOn() throws Exception {
        AtomicInteger signs = new AtomicInteger();
        DataNodeFaultInjector.set(
                new DataNodeFaultInjector() {
                    @Override
                    public boolean dropHeartbeatPacket() {
                        signs.incrementAndGet();
                        return false;
                    }
                });
        try (BlockFile file = files.create()) {
            files.write(file, 0, 1001);
            file.flush();
            for (int i = 1; i <= 3; i++) {
                int times = i;
                files.skip(Duration.ofSeconds(31));
                Eventually.await("all three know", PATIENCE, () -> signs.get() >= 3 * times);
            }
            files.write(file, 1001, 5000);
            file.flush();
        }
        files.assertWhole(5000);
    }
}
