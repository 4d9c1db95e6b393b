package io.gapless.archive.blocks;

import static io.gapless.archive.blocks.FilesOnHdfs.BLOCK_BYTES;
import static io.gapless.archive.blocks.FilesOnHdfs.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.Eventually;
import io.gapless.archive.HdfsPair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.DFSClient;
import org.apache.hadoop.hdfs.server.datanode.DataNodeFaultInjector;
import org.apache.hadoop.hdfs.server.namenode.NameNodeAdapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Of two NameNodes now one is active, now the other. DataNodes ask for block tokens, which the one
 * gave and the other knows nothing of.
 */
class BlockFileOnPairTest {
    @TempDir private static Path directory;
    private static HdfsPair hdfs;

    private FilesOnHdfs files;

    @BeforeAll
    static void start() throws Exception {
        hdfs = HdfsPair.start(directory, 4, Map.of("dfs.block.access.token.enable", "true"));
    }

    @AfterAll
    static void stop() {
        hdfs.close();
    }

    @BeforeEach
    void connect(TestInfo test) throws Exception {
        Configuration client = hdfs.client();
        client.set(
                "dfs.client.failover.proxy.provider." + hdfs.root().getHost(),
                LostAnswers.class.getName());
        String name = test.getTestMethod().orElseThrow().getName() + test.getDisplayName();
        files = new FilesOnHdfs(hdfs.root(), client, name.replaceAll("\\W", ""));
    }

    @AfterEach
    void disconnect() throws Exception {
        DataNodeFaultInjector.set(new DataNodeFaultInjector());
        files.close();
    }

    @Test
    void aFailOverWithinABlockIsNotNoticed() throws Exception {
        try (BlockFile file = files.create()) {
            files.write(file, 0, 300_001);
            file.flush();
            hdfs.failOver();
            files.write(file, 300_001, 400_000);
            file.flush();
            awaitReported();
            files.assertVisible(400_000);
            files.write(file, 400_000, BLOCK_BYTES + 1);
            file.flush();
            hdfs.failOver();
            files.write(file, BLOCK_BYTES + 1, 3 * BLOCK_BYTES - 1);
            file.flush();
            files.assertVisible(3 * BLOCK_BYTES - 1);
        }
        files.assertWhole(3 * BLOCK_BYTES - 1);
    }

    /** DataNodes tell both NameNodes of a block, with their next heartbeats. */
    private void awaitReported() throws Exception {
        Eventually.await(
                "reported",
                PATIENCE,
                () -> files.nodes(files.path()).size() == FilesOnHdfs.REPLICAS);
    }

    @Test
    void aFailOverBetweenBlocksAndBeforeTheEnd() throws Exception {
        try (BlockFile file = files.create()) {
            hdfs.failOver();
            files.write(file, 0, BLOCK_BYTES);
            hdfs.failOver();
            files.write(file, BLOCK_BYTES, 2 * BLOCK_BYTES);
            file.flush();
            hdfs.failOver();
        }
        files.assertWhole(2 * BLOCK_BYTES);
    }

    /** The second NameNode is asked for what the first has done, and knows it from the edits. */
    @ParameterizedTest
    @ValueSource(strings = {"create", "addBlock", "fsync", "abandonBlock", "complete"})
    void aCallWhoseAnswerGotLostIsRepeatedToTheOther(String method) throws Exception {
        LostAnswers.next(method, hdfs::failOver);
        writeThreeBlocks();
        assertThat(LostAnswers.happened()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "addBlock", "fsync", "abandonBlock", "complete"})
    void aCallWhoseAnswerGotLostIsRepeatedToTheSame(String method) throws Exception {
        LostAnswers.next(method, () -> {});
        writeThreeBlocks();
        assertThat(LostAnswers.happened()).isTrue();
    }

    private void writeThreeBlocks() throws Exception {
        try (BlockFile file = files.create()) {
            files.write(file, 0, 1000);
            file.flush();
            refuseOneBlock();
            files.write(file, 1000, BLOCK_BYTES + 1000);
            file.flush();
            files.assertVisible(BLOCK_BYTES + 1000);
            files.write(file, BLOCK_BYTES + 1000, 2 * BLOCK_BYTES + 1000);
        }
        files.assertWhole(2 * BLOCK_BYTES + 1000);
    }

    private static void refuseOneBlock() {
        AtomicBoolean refused = new AtomicBoolean();
        DataNodeFaultInjector.set(
                new DataNodeFaultInjector() {
                    @Override
                    public void failMirrorConnection() throws IOException {
                        if (refused.compareAndSet(false, true)) {
                            throw new IOException("refused by the test");
                        }
                    }
                });
    }

    @Test
    void aBlockAfterTheFirstCanBeGivenByTheOther() throws Exception {
        try (BlockFile file = files.create()) {
            files.write(file, 0, 1000);
            file.flush();
            LostAnswers.next("addBlock", hdfs::failOver);
            files.write(file, 1000, 2 * BLOCK_BYTES + 1000);
            file.flush();
            files.assertVisible(2 * BLOCK_BYTES + 1000);
        }
        files.assertWhole(2 * BLOCK_BYTES + 1000);
        assertThat(LostAnswers.happened()).isTrue();
    }

    @Test
    void theOtherKnowsWhatTheFirstFlushOfABlockSaid() throws Exception {
        try (BlockFile file = files.create()) {
            files.write(file, 0, 1000);
            file.flush();
            hdfs.failOver();
            assertThat(files.fileSystem().getFileStatus(files.path()).getLen()).isEqualTo(1000);
            files.write(file, 1000, BLOCK_BYTES + 500);
            file.flush();
            hdfs.failOver();
            assertThat(files.fileSystem().getFileStatus(files.path()).getLen())
                    .isEqualTo(BLOCK_BYTES + 500);
        }
        files.assertWhole(BLOCK_BYTES + 500);
    }

    @Test
    void theLeaseIsRenewedWithWhicheverIsActive() throws Exception {
        DFSClient client = files.fileSystem().getClient();
        LeaseRenewal lease = new LeaseRenewal(client);
        try (BlockFile file = files.create()) {
            lease.hold(file);
            for (int i = 0; i < 2; i++) {
                hdfs.failOver();
                long before = renewal();
                Eventually.await(
                        "renewed",
                        PATIENCE,
                        () -> {
                            lease.run();
                            return renewal() > before;
                        });
            }
            files.write(file, 0, 10);
        }
        files.assertWhole(10);
    }

    private long renewal() {
        return NameNodeAdapter.getLeaseRenewalTime(hdfs.active(), files.path().toUri().getPath());
    }
}
