package io.gapless.archive.blocks;

import static io.gapless.archive.blocks.FilesOnHdfs.BLOCK_BYTES;
import static io.gapless.archive.blocks.FilesOnHdfs.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.archive.Eventually;
import io.gapless.archive.MiniHdfs;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.crypto.key.KeyProvider;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.hdfs.DFSClient;
import org.apache.hadoop.hdfs.protocol.ClientProtocol;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.hdfs.protocol.QuotaExceededException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Four DataNodes, three of which have each block; all is read by the stock client. */
class BlockFileTest {
    private static final String CODED = "XOR-2-1-1024k";

    @TempDir private static java.nio.file.Path directory;
    private static MiniHdfs hdfs;

    private FilesOnHdfs files;

    @BeforeAll
    static void start() throws Exception {
        hdfs =
                MiniHdfs.start(
                        directory.resolve("hdfs"),
                        4,
                        Map.of(
                                "hadoop.security.key.provider.path",
                                "jceks://file" + directory.resolve("keys").toUri().getPath()));
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
        files.close();
    }

    @Test
    void piecesAndFlushesOfAnySizeAreReadBackWhileItGrows() throws Exception {
        Random random = new Random(7);
        int written = 0;
        try (BlockFile file = files.create()) {
            while (written < 7 * BLOCK_BYTES / 2) {
                for (int i = random.nextInt(6); i >= 0; i--) {
                    int to = written + 1 + random.nextInt(i == 0 ? 100 : 70_000);
                    files.write(file, written, to);
                    written = to;
                }
                file.flush();
                files.assertVisible(written);
                assertThat(file.replicas()).isEqualTo(3);
            }
            assertThat(files.fileSystem().isFileClosed(files.path())).isFalse();
        }
        files.assertWhole(written);
    }

    @Test
    void aFlushAtABlocksEndAndOneByteMore() throws Exception {
        try (BlockFile file = files.create()) {
            file.flush();
            files.write(file, 0, BLOCK_BYTES);
            file.flush();
            file.flush();
            assertThat(files.visible(files.path())).hasSize(BLOCK_BYTES);
            files.write(file, BLOCK_BYTES, BLOCK_BYTES + 1);
            file.flush();
            assertThat(files.visible(files.path())).hasSize(BLOCK_BYTES + 1);
            files.write(file, BLOCK_BYTES + 1, 2 * BLOCK_BYTES);
        }
        files.assertWhole(2 * BLOCK_BYTES);
    }

    @Test
    void anEmptyFileIsOne() throws Exception {
        files.create().close();
        files.assertWhole(0);
        assertThatThrownBy(files::create).hasMessageContaining("already exists");
    }

    @Test
    void anAbandonedFileKeepsWhatWasFlushed() throws Exception {
        BlockFile file = files.create();
        files.write(file, 0, 1000);
        file.flush();
        files.write(file, 1000, 2000);
        file.abandon();
        Eventually.await("closed", PATIENCE, () -> files.fileSystem().recoverLease(files.path()));
        files.assertVisible(1000);
    }

    @Test
    void theLeaseIsRenewedWhileAFileIsOpen() throws Exception {
        List<String> renewed = Collections.synchronizedList(new ArrayList<>());
        DFSClient client = listening(renewed);
        LeaseRenewal lease = new LeaseRenewal(client);
        lease.run();
        assertThat(renewed).isEmpty();
        BlockPlacement placement =
                new BlockPlacement(
                        TransferSettings.of(client, System::nanoTime),
                        new ExcludedNodes(PATIENCE, System::nanoTime),
                        new PipelineWatch());
        try (BlockFile file =
                new BlockFile(
                        FileUnderConstruction.create(
                                client, files.path().toUri().getPath(), (short) 3, BLOCK_BYTES),
                        BLOCK_BYTES,
                        placement,
                        lease)) {
            lease.run();
            assertThat(renewed).containsExactly(client.getClientName());
            files.write(file, 0, 10);
        }
        lease.run();
        assertThat(renewed).hasSize(1);
        files.assertWhole(10);
        client.close();
    }

    /** A client that notes who renews a lease. */
    private DFSClient listening(List<String> renewed) throws Exception {
        ClientProtocol real = files.fileSystem().getClient().getNamenode();
        ClientProtocol noting =
                (ClientProtocol)
                        Proxy.newProxyInstance(
                                ClientProtocol.class.getClassLoader(),
                                new Class<?>[] {ClientProtocol.class, Closeable.class},
                                (proxy, method, arguments) -> {
                                    if (method.getName().equals("close")) {
                                        return null;
                                    }
                                    if (method.getName().equals("renewLease")) {
                                        renewed.add((String) arguments[0]);
                                    }
                                    try {
                                        return method.invoke(real, arguments);
                                    } catch (InvocationTargetException e) {
                                        throw e.getCause();
                                    }
                                });
        return new DFSClient((URI) null, noting, files.fileSystem().getConf(), null);
    }

    @Test
    void aQuotaThatIsReachedIsSaid() throws Exception {
        files.fileSystem().mkdirs(files.path().getParent());
        files.fileSystem()
                .setQuota(files.path().getParent(), HdfsConstants.QUOTA_DONT_SET, 4 * BLOCK_BYTES);
        BlockFile file = files.create();
        files.write(file, 0, BLOCK_BYTES);
        file.flush();
        files.write(file, BLOCK_BYTES, BLOCK_BYTES + 1);
        assertThatThrownBy(file::flush).isInstanceOf(QuotaExceededException.class);
        file.close();
        assertThatThrownBy(() -> files.write(file, 0, 1))
                .hasMessageContaining("is written no more");
    }

    @Test
    void aFileThatIsTakenAwayFailsAtItsNextBlock() throws Exception {
        BlockFile file = files.create();
        files.write(file, 0, 1000);
        file.flush();
        files.fileSystem().delete(files.path(), false);
        files.write(file, 1000, BLOCK_BYTES);
        assertThatThrownBy(
                        () -> {
                            files.write(file, BLOCK_BYTES, BLOCK_BYTES + 1);
                            file.flush();
                        })
                .isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void whereDirectoriesAreErasureCodedFilesAreReplicated() throws Exception {
        files.fileSystem().mkdirs(files.path().getParent());
        files.fileSystem().enableErasureCodingPolicy(CODED);
        files.fileSystem().setErasureCodingPolicy(files.path().getParent(), CODED);
        try (BlockFile file = files.create()) {
            files.write(file, 0, 1000);
            file.flush();
            assertThat(files.visible(files.path())).hasSize(1000);
        }
        assertThat(files.fileSystem().getErasureCodingPolicy(files.path())).isNull();
        files.assertWhole(1000);
    }

    @Test
    void anEncryptionZoneIsLeftToTheStockClient() throws Exception {
        KeyProvider keys = hdfs.cluster().getNamesystem().getProvider();
        keys.createKey("zone", new KeyProvider.Options(files.fileSystem().getConf()));
        keys.flush();
        files.fileSystem().mkdirs(files.path().getParent());
        files.fileSystem().createEncryptionZone(files.path().getParent(), "zone");
        assertThat(files.blocks().create(files.path(), (short) 3, BLOCK_BYTES)).isEmpty();
        assertThat(files.fileSystem().exists(files.path())).isFalse();
    }

    @Test
    void onlyPlainHdfsIsWrittenTo() throws Exception {
        assertThat(BlockClient.on(new RawLocalFileSystem(), System::nanoTime)).isEmpty();
        Configuration signed = new Configuration(files.fileSystem().getConf());
        signed.set("dfs.data.transfer.protection", "integrity");
        try (FileSystem other = FileSystem.newInstance(hdfs.root(), signed)) {
            assertThat(BlockClient.on(other, System::nanoTime)).isEmpty();
        }
        Configuration otherChecksums = new Configuration(files.fileSystem().getConf());
        otherChecksums.set("dfs.checksum.type", "CRC32");
        try (FileSystem other = FileSystem.newInstance(hdfs.root(), otherChecksums)) {
            assertThat(BlockClient.on(other, System::nanoTime)).isEmpty();
        }
    }
}
