package io.gapless.archive;

import io.gapless.archive.blocks.BlockFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of HDFS, to whose DataNodes video goes straight from where it was received. */
final class BlocksOutput implements RecordingOutput {
    private final BlockFile file;

    BlocksOutput(BlockFile file) {
        this.file = file;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        file.write(bytes);
    }

    @Override
    public long positionBytes() {
        return file.positionBytes();
    }

    @Override
    public void flush() throws IOException {
        file.flush();
    }

    /** A DataNode that dies fails the recording. */
    @Override
    public int replication() {
        return file.replicas();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    @Override
    public void abandon() {
        file.abandon();
    }
}
