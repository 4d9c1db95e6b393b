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

    static HadoopOutput create(FileSystem fileSystem, ArchiveWriterOptions options, Path path)
            throws IOException {
        long block = options.blockSizeBytes();
        short replicas = options.replication();
        return new HadoopOutput(
                fileSystem.create(
                        path,
                        false,
                        BUFFER_BYTES,
                        replicas == 0 ? fileSystem.getDefaultReplication(path) : replicas,
                        block == 0 ? fileSystem.getDefaultBlockSize(path) : block));
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
}
