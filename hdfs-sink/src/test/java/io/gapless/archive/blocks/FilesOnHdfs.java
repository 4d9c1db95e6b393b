package io.gapless.archive.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.Eventually;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.client.HdfsDataInputStream;
import org.apache.hadoop.hdfs.protocol.DatanodeInfo;
import org.apache.hadoop.hdfs.protocol.LocatedBlock;

/** Writes files of three replicas from known bytes, and reads them by the stock client. */
final class FilesOnHdfs implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(3);
    static final int BLOCK_BYTES = 1 << 20;
    static final short REPLICAS = 3;

    private final AtomicLong skippedNanos = new AtomicLong();
    private final byte[] bytes = new byte[4 * BLOCK_BYTES];
    private final DistributedFileSystem fileSystem;
    private final BlockClient blocks;
    private final Path path;

    /**
     * @param client is changed
     * @param name of the directory that the test has for itself
     */
    FilesOnHdfs(URI root, Configuration client, String name) throws IOException {
        client.setInt("dfs.bytes-per-checksum", 4096);
        client.setInt("dfs.client-write-packet-size", 256 * 1024);
        fileSystem = (DistributedFileSystem) FileSystem.newInstance(root, client);
        blocks =
                BlockClient.on(fileSystem, () -> System.nanoTime() + skippedNanos.get())
                        .orElseThrow();
        path = new Path("/" + name, "video");
        new Random(1).nextBytes(bytes);
    }

    DistributedFileSystem fileSystem() {
        return fileSystem;
    }

    BlockClient blocks() {
        return blocks;
    }

    /** The first file's. */
    Path path() {
        return path;
    }

    Path beside(String name) {
        return new Path(path.getParent(), name);
    }

    void skip(Duration time) {
        skippedNanos.addAndGet(time.toNanos());
    }

    BlockFile create() throws IOException {
        return create(path);
    }

    BlockFile create(Path file) throws IOException {
        return blocks.create(file, REPLICAS, BLOCK_BYTES).orElseThrow();
    }

    void write(BlockFile file, int from, int to) throws IOException {
        ByteBuffer piece =
                from % 2 == 0
                        ? ByteBuffer.allocate(to - from)
                        : ByteBuffer.allocateDirect(to - from);
        file.write(piece.put(bytes, from, to - from).flip());
        assertThat(file.positionBytes()).isEqualTo(to);
    }

    byte[] visible(Path file) throws IOException {
        try (FSDataInputStream in = fileSystem.open(file)) {
            byte[] all = new byte[(int) ((HdfsDataInputStream) in).getVisibleLength()];
            in.readFully(0, all);
            return all;
        }
    }

    List<LocatedBlock> located(Path file) throws IOException {
        return fileSystem
                .getClient()
                .getLocatedBlocks(file.toUri().getPath(), 0)
                .getLocatedBlocks();
    }

    /** That have the first block. */
    List<DatanodeInfo> nodes(Path file) throws IOException {
        return List.of(located(file).get(0).getLocations());
    }

    void assertVisible(int size) throws IOException {
        assertVisible(path, size);
    }

    void assertVisible(Path file, int size) throws IOException {
        assertThat(visible(file)).isEqualTo(Arrays.copyOf(bytes, size));
    }

    /** The first file is closed and has so many bytes. */
    void assertWhole(int size) throws Exception {
        assertThat(fileSystem.isFileClosed(path)).isTrue();
        assertThat(fileSystem.getFileStatus(path).getLen()).isEqualTo(size);
        assertVisible(size);
        Eventually.await(
                "three replicas of each block",
                PATIENCE,
                () ->
                        located(path).stream()
                                .allMatch(block -> block.getLocations().length == REPLICAS));
        assertThat(located(path)).noneMatch(LocatedBlock::isCorrupt);
        assertThat(located(path)).hasSize((size + BLOCK_BYTES - 1) / BLOCK_BYTES);
    }

    @Override
    public void close() throws IOException {
        blocks.close();
        fileSystem.close();
    }
}
