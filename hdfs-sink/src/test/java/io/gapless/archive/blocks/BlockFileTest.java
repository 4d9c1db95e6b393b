package io.gapless.archive.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.archive.Eventually;
import io.gapless.archive.MiniHdfs;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.crypto.key.KeyProvider;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.hdfs.DFSClient;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.client.HdfsDataInputStream;
import org.apache.hadoop.hdfs.protocol.ClientProtocol;
import org.apache.hadoop.hdfs.protocol.DatanodeInfo;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.hdfs.protocol.LocatedBlock;
import org.apache.hadoop.hdfs.protocol.QuotaExceededException;
import org.apache.hadoop.hdfs.server.datanode.DataNodeFaultInjector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Four DataNodes, three of which have each block; all is read by the stock client. */
class BlockFileTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int BLOCK_BYTES = 1 << 20;
    private static final String CODED = "XOR-2-1-1024k";

    @TempDir private static java.nio.file.Path directory;
    private static MiniHdfs hdfs;

    private final AtomicLong skippedNanos = new AtomicLong();
    private final byte[] bytes = new byte[4 * BLOCK_BYTES];
    private DistributedFileSystem fileSystem;
    private BlockClient blocks;
    private Path path;

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
        Configuration client = hdfs.client();
        client.setInt("dfs.bytes-per-checksum", 4096);
        client.setInt("dfs.client-write-packet-size", 256 * 1024);
        fileSystem = (DistributedFileSystem) FileSystem.newInstance(hdfs.root(), client);
        blocks =
                BlockClient.on(fileSystem, () -> System.nanoTime() + skippedNanos.get())
                        .orElseThrow();
        path = new Path("/" + test.getTestMethod().orElseThrow().getName(), "video");
        new Random(1).nextBytes(bytes);
    }

    @AfterEach
    void disconnect() throws Exception {
        DataNodeFaultInjector.set(new DataNodeFaultInjector());
        blocks.close();
        fileSystem.close();
    }

    private BlockFile create() throws IOException {
        return create(path);
    }

    private BlockFile create(Path file) throws IOException {
        return blocks.create(file, (short) 3, BLOCK_BYTES).orElseThrow();
    }

    private void write(BlockFile file, int from, int to) throws IOException {
        ByteBuffer piece =
                from % 2 == 0
                        ? ByteBuffer.allocate(to - from)
                        : ByteBuffer.allocateDirect(to - from);
        file.write(piece.put(bytes, from, to - from).flip());
        assertThat(file.positionBytes()).isEqualTo(to);
    }

    private byte[] visible(Path file) throws IOException {
        try (FSDataInputStream in = fileSystem.open(file)) {
            byte[] all = new byte[(int) ((HdfsDataInputStream) in).getVisibleLength()];
            in.readFully(0, all);
            return all;
        }
    }

    private List<LocatedBlock> located(Path file) throws IOException {
        return fileSystem
                .getClient()
                .getLocatedBlocks(file.toUri().getPath(), 0)
                .getLocatedBlocks();
    }

    private List<DatanodeInfo> nodes(Path file) throws IOException {
        return List.of(located(file).get(0).getLocations());
    }

    @Test
    void piecesAndFlushesOfAnySizeAreReadBackWhileItGrows() throws Exception {
        Random random = new Random(7);
        int written = 0;
        try (BlockFile file = create()) {
            while (written < 7 * BLOCK_BYTES / 2) {
                for (int i = random.nextInt(6); i >= 0; i--) {
                    int to = written + 1 + random.nextInt(i == 0 ? 100 : 70_000);
                    write(file, written, to);
                    written = to;
                }
                file.flush();
                assertThat(visible(path)).isEqualTo(Arrays.copyOf(bytes, written));
                assertThat(file.replicas()).isEqualTo(3);
            }
            assertThat(fileSystem.isFileClosed(path)).isFalse();
        }
        assertWhole(written);
    }

    @Test
    void aFlushAtABlocksEndAndOneByteMore() throws Exception {
        try (BlockFile file = create()) {
            file.flush();
            write(file, 0, BLOCK_BYTES);
            file.flush();
            file.flush();
            assertThat(visible(path)).hasSize(BLOCK_BYTES);
            write(file, BLOCK_BYTES, BLOCK_BYTES + 1);
            file.flush();
            assertThat(visible(path)).hasSize(BLOCK_BYTES + 1);
            write(file, BLOCK_BYTES + 1, 2 * BLOCK_BYTES);
        }
        assertWhole(2 * BLOCK_BYTES);
    }

    @Test
    void anEmptyFileIsOne() throws Exception {
        create().close();
        assertWhole(0);
        assertThatThrownBy(this::create).hasMessageContaining("already exists");
    }

    private void assertWhole(int size) throws Exception {
        assertThat(fileSystem.isFileClosed(path)).isTrue();
        assertThat(fileSystem.getFileStatus(path).getLen()).isEqualTo(size);
        assertThat(visible(path)).isEqualTo(Arrays.copyOf(bytes, size));
        Eventually.await(
                "three replicas of each block",
                PATIENCE,
                () -> located(path).stream().allMatch(block -> block.getLocations().length == 3));
        assertThat(located(path)).noneMatch(LocatedBlock::isCorrupt);
        assertThat(located(path)).hasSize((size + BLOCK_BYTES - 1) / BLOCK_BYTES);
    }

    @Test
    void theDeathOfADataNodeFailsItsFilesAndNoOthers() throws Exception {
        BlockFile failing = create();
        write(failing, 0, 300_001);
        failing.flush();
        DatanodeInfo dead = nodes(path).get(1);
        Path elsewhere = new Path(path.getParent(), "elsewhere");
        BlockFile other = createWithout(dead, elsewhere);
        var stopped = hdfs.cluster().stopDataNode(dead.getXferAddr());
        try {
            assertThatThrownBy(() -> writeOn(failing, 300_001))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(", by [");
            assertThatThrownBy(failing::flush).isInstanceOf(IOException.class);
            failing.close();

            write(other, 1000, 2000);
            other.flush();
            Path next = new Path(path.getParent(), "next");
            try (BlockFile file = create(next)) {
                write(file, 0, 5000);
                file.flush();
                assertThat(nodes(next)).doesNotContain(dead);
            }
            other.close();
            assertThat(visible(elsewhere)).isEqualTo(Arrays.copyOf(bytes, 2000));
        } finally {
            hdfs.cluster().restartDataNode(stopped, true);
            hdfs.cluster().waitActive();
        }
        Eventually.await("closed", PATIENCE, () -> fileSystem.recoverLease(path));
        byte[] recovered = visible(path);
        assertThat(recovered).hasSizeGreaterThanOrEqualTo(300_001);
        assertThat(recovered).isEqualTo(Arrays.copyOf(bytes, recovered.length));
    }

    /** With four DataNodes one block in four does without a given one. */
    private BlockFile createWithout(DatanodeInfo node, Path file) throws IOException {
        while (true) {
            BlockFile made = create(file);
            write(made, 0, 1000);
            made.flush();
            if (!nodes(file).contains(node)) {
                return made;
            }
            made.abandon();
            fileSystem.delete(file, false);
        }
    }

    /** The death may show only at a later flush, but at one within this block. */
    private void writeOn(BlockFile file, int from) throws IOException {
        for (int at = from; at + 10_000 <= BLOCK_BYTES; at += 10_000) {
            write(file, at, at + 10_000);
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
        try (BlockFile file = create()) {
            write(file, 0, 1000);
            file.flush();
        }
        assertThat(refusals).hasValueGreaterThan(1);
        assertWhole(1000);
    }

    @Test
    void aWriteThatIsStuckIsBrokenByAnInterrupt() throws Exception {
        BlockFile file = create();
        write(file, 0, 1000);
        file.flush();
        CountDownLatch thawed = freezeAcknowledgements();
        write(file, 1000, 2000);
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
        BlockFile file = create();
        write(file, 0, 1000);
        file.flush();
        CountDownLatch thawed = freezeAcknowledgements();
        write(file, 1000, 2000);
        CompletableFuture<Void> result = new CompletableFuture<>();
        Thread writer = new Thread(() -> complete(result, file));
        writer.start();
        Eventually.await("waits", PATIENCE, () -> isReading(writer));
        skippedNanos.addAndGet(Duration.ofMinutes(2).toNanos());
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
        try (BlockFile file = create()) {
            write(file, 0, 1001);
            file.flush();
            for (int i = 1; i <= 3; i++) {
                int times = i;
                skippedNanos.addAndGet(Duration.ofSeconds(31).toNanos());
                Eventually.await("all three know", PATIENCE, () -> signs.get() >= 3 * times);
            }
            write(file, 1001, 5000);
            file.flush();
        }
        assertWhole(5000);
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
                                client, path.toUri().getPath(), (short) 3, BLOCK_BYTES),
                        BLOCK_BYTES,
                        placement,
                        lease)) {
            lease.run();
            assertThat(renewed).containsExactly(client.getClientName());
            write(file, 0, 10);
        }
        lease.run();
        assertThat(renewed).hasSize(1);
        assertWhole(10);
        client.close();
    }

    /** A client that notes who renews a lease. */
    private DFSClient listening(List<String> renewed) throws Exception {
        ClientProtocol real = fileSystem.getClient().getNamenode();
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
        return new DFSClient((URI) null, noting, fileSystem.getConf(), null);
    }

    @Test
    void aQuotaThatIsReachedIsSaid() throws Exception {
        fileSystem.mkdirs(path.getParent());
        fileSystem.setQuota(path.getParent(), HdfsConstants.QUOTA_DONT_SET, 4 * BLOCK_BYTES);
        BlockFile file = create();
        write(file, 0, BLOCK_BYTES);
        file.flush();
        write(file, BLOCK_BYTES, BLOCK_BYTES + 1);
        assertThatThrownBy(file::flush).isInstanceOf(QuotaExceededException.class);
        file.close();
        assertThatThrownBy(() -> write(file, 0, 1)).hasMessageContaining("is written no more");
    }

    @Test
    void aFileThatIsTakenAwayFailsAtItsNextBlock() throws Exception {
        BlockFile file = create();
        write(file, 0, 1000);
        file.flush();
        fileSystem.delete(path, false);
        write(file, 1000, BLOCK_BYTES);
        assertThatThrownBy(
                        () -> {
                            write(file, BLOCK_BYTES, BLOCK_BYTES + 1);
                            file.flush();
                        })
                .isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void whereDirectoriesAreErasureCodedFilesAreReplicated() throws Exception {
        fileSystem.mkdirs(path.getParent());
        fileSystem.enableErasureCodingPolicy(CODED);
        fileSystem.setErasureCodingPolicy(path.getParent(), CODED);
        try (BlockFile file = create()) {
            write(file, 0, 1000);
            file.flush();
            assertThat(visible(path)).hasSize(1000);
        }
        assertThat(fileSystem.getErasureCodingPolicy(path)).isNull();
        assertWhole(1000);
    }

    @Test
    void anEncryptionZoneIsLeftToTheStockClient() throws Exception {
        KeyProvider keys = hdfs.cluster().getNamesystem().getProvider();
        keys.createKey("zone", new KeyProvider.Options(fileSystem.getConf()));
        keys.flush();
        fileSystem.mkdirs(path.getParent());
        fileSystem.createEncryptionZone(path.getParent(), "zone");
        assertThat(blocks.create(path, (short) 3, BLOCK_BYTES)).isEmpty();
        assertThat(fileSystem.exists(path)).isFalse();
    }

    @Test
    void onlyPlainHdfsIsWrittenTo() throws Exception {
        assertThat(BlockClient.on(new RawLocalFileSystem(), System::nanoTime)).isEmpty();
        Configuration signed = new Configuration(fileSystem.getConf());
        signed.set("dfs.data.transfer.protection", "integrity");
        try (FileSystem other = FileSystem.newInstance(hdfs.root(), signed)) {
            assertThat(BlockClient.on(other, System::nanoTime)).isEmpty();
        }
        Configuration otherChecksums = new Configuration(fileSystem.getConf());
        otherChecksums.set("dfs.checksum.type", "CRC32");
        try (FileSystem other = FileSystem.newInstance(hdfs.root(), otherChecksums)) {
            assertThat(BlockClient.on(other, System::nanoTime)).isEmpty();
        }
    }

    @Test
    void anAbandonedFileKeepsWhatWasFlushed() throws Exception {
        BlockFile file = create();
        write(file, 0, 1000);
        file.flush();
        write(file, 1000, 2000);
        file.abandon();
        Eventually.await("closed", PATIENCE, () -> fileSystem.recoverLease(path));
        assertThat(visible(path)).isEqualTo(Arrays.copyOf(bytes, 1000));
    }
}
