package io.gapless.archive;

import io.gapless.archive.hold.ByteSink;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The file of a recording while it is written. One thread at a time. */
interface RecordingOutput extends ByteSink {
    /** Creates the file and the directories above it; fails if it exists. */
    static RecordingOutput create(FileSystem fileSystem, ArchiveWriterOptions options, Path path)
            throws IOException {
        return fileSystem instanceof RawLocalFileSystem local
                ? LocalOutput.create(local.pathToFile(path).toPath())
                : HadoopOutput.create(fileSystem, options, path);
    }

    /** How much was written. */
    long positionBytes();

    /** Makes durable what was written: every DataNode of the pipeline has it, or the kernel. */
    void flush() throws IOException;

    /** Of the block being written; {@link Integer#MAX_VALUE} if the next write will fail. */
    int replication();

    void close() throws IOException;
}
