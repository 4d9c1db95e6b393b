package io.gapless.archive;

import static io.gapless.archive.RecordedCameras.PATIENCE;
import static io.gapless.archive.RecordedCameras.awaitDurable;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.apache.hadoop.fs.StorageType;
import org.apache.hadoop.hdfs.protocol.ExtendedBlock;
import org.apache.hadoop.hdfs.security.token.block.BlockTokenIdentifier;
import org.apache.hadoop.hdfs.security.token.block.BlockTokenSecretManager;
import org.apache.hadoop.hdfs.security.token.block.SecurityTestUtil;
import org.apache.hadoop.hdfs.server.datanode.DataNode;
import org.apache.hadoop.security.token.Token;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DataNodes that take and show bytes only to who brings a token of the NameNode's. */
class ArchiveWithBlockTokensTest {
    private static final Duration HOURS = Duration.ofHours(10);

    @TempDir private Path directory;
    private MiniHdfs hdfs;
    private RecordedCameras cameras;

    @BeforeEach
    void start() throws Exception {
        hdfs = MiniHdfs.start(directory, 3, Map.of("dfs.block.access.token.enable", "true"));
        cameras = new RecordedCameras(hdfs.root(), 2);
    }

    @AfterEach
    void stop() {
        try {
            cameras.close();
        } finally {
            hdfs.close();
        }
    }

    private BlockTokenSecretManager tokens() {
        return hdfs.cluster().getNamesystem().getBlockManager().getBlockTokenSecretManager();
    }

    private void live(Duration lifetime) {
        tokens().setTokenLifetime(lifetime.toMillis());
    }

    /** No token is good any more, until there are keys again. */
    @Test
    void aBlockOutlivesItsToken() throws Exception {
        ArchiveWriter writer =
                cameras.writer(
                        "w", hdfs.client(), ArchiveWriterOptions.defaults().withDeadline(PATIENCE));
        cameras.write(writer, 1);
        awaitDurable(writer);
        for (DataNode node : hdfs.cluster().getDataNodes()) {
            node.getBlockPoolTokenSecretManager().clearAllKeysForTesting();
        }
        cameras.write(writer, 1);
        awaitDurable(writer);
        assertThat(cameras.metrics().opened).hasValue(cameras.count());
        giveKeys();
        cameras.write(writer, 5);
        awaitDurable(writer);
        assertThat(cameras.metrics().failed).hasValue(0);
        cameras.finish(writer.openRecordings(), hdfs.client());
        assertThat(cameras.metrics().recovered).hasValue(cameras.count());
        cameras.assertEachFrameOnce(hdfs.client());
    }

    private void giveKeys() throws IOException {
        String pool = hdfs.cluster().getNamesystem().getBlockPoolId();
        for (DataNode node : hdfs.cluster().getDataNodes()) {
            node.getBlockPoolTokenSecretManager().addKeys(pool, tokens().exportKeys(), true);
        }
    }

    /** Slow as it may be, a writer gets its block begun at last. */
    @Test
    void tokensThatLiveForTwoSecondsAreEnough() throws Exception {
        live(Duration.ofSeconds(2));
        ArchiveWriter writer = cameras.writer("w", hdfs.client());
        for (int i = 0; i < 4; i++) {
            cameras.write(writer, 1);
            awaitDurable(writer);
            awaitExpiryOfAllTokens();
        }
        live(HOURS);
        writer.close(PATIENCE);
        cameras.finish(writer.openRecordings(), hdfs.client());
        cameras.assertEachFrameOnce(hdfs.client());
    }

    private void awaitExpiryOfAllTokens() throws Exception {
        Token<BlockTokenIdentifier> youngest =
                tokens().generateToken(
                                new ExtendedBlock("pool", 1),
                                EnumSet.of(BlockTokenIdentifier.AccessMode.WRITE),
                                new StorageType[0],
                                new String[0]);
        Eventually.await("expired", PATIENCE, () -> SecurityTestUtil.isBlockTokenExpired(youngest));
    }

    @Test
    void whereEveryTokenIsRefusedVideoWaits() throws Exception {
        ArchiveWriter writer = cameras.writer("w", hdfs.client());
        cameras.write(writer, 2);
        awaitDurable(writer);
        live(Duration.ofSeconds(-1));
        cameras.write(writer, 3);
        Eventually.await("stalled", PATIENCE, () -> writer.stalledCameras() == cameras.count());
        live(HOURS);
        awaitDurable(writer);
        writer.close(PATIENCE);
        assertThat(writer.stalledCameras()).isZero();
        cameras.finish(writer.openRecordings(), hdfs.client());
        cameras.assertEachFrameOnce(hdfs.client());
    }
}
