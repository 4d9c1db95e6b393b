package io.gapless.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.client.HdfsDataOutputStream;

/** A file of any Hadoop file system. These take arrays only, so video passes through one. */
final class HadoopOutput implements RecordingOutput {
    private static final int BUFFER_BYTES = 64 * 1024;

    private static final ThreadLocal<byte[]> SCRATCH =
            ThreadLocal.withInitial(() -> new byte[BUFFER_BYTES]);

    private final FSDataOutputStream out;

    private HadoopOutput(FSDataOutputStream out) {
        this.out = out;
    }

    static HadoopOutput create(FileSystem fileSystem, Path path, short replication, long blockBytes)
            throws IOException {
        return new HadoopOutput(
                fileSystem.create(path, false, BUFFER_BYTES, replication, blockBytes));
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        byte[] scratch = SCRATCH.get();
        while (bytes.hasRemaining()) {
            int count = Math.min(bytes.remaining(), scratch.length);
            bytes.get(scratch, 0, count);
            out.write(scratch, 0, count);
        }
    }

    @Override
    public long positionBytes() {
        return out.getPos();
    }

    @Override
    public void flush() throws IOException {
        out.hflush();
    }

    /** A DataNode that died is not replaced within the block. */
    @Override
    public int replication() {
        try {
            return out instanceof HdfsDataOutputStream hdfs ? hdfs.getCurrentBlockReplication() : 1;
        } catch (IOException e) {
            return Integer.MAX_VALUE;
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /**
     * The stream's threads end, and the client forgets the file. The interrupt keeps HDFS from
     * waiting for what is not acknowledged, which may take minutes.
     */
    @Override
    public void abandon() throws IOException {
        Thread.currentThread().interrupt();
        try {
            out.close();
        } finally {
            Thread.interrupted();
        }
    }
}
