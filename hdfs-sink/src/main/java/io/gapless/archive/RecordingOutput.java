package io.gapless.archive;

import io.gapless.archive.hold.ByteSink;
import java.io.IOException;

/** The file of a recording while it is written. One thread at a time. */
interface RecordingOutput extends ByteSink {
    /** How much was written. */
    long positionBytes();

    /** Makes durable what was written: every DataNode of the pipeline has it, or the kernel. */
    void flush() throws IOException;

    /** Of the block being written; {@link Integer#MAX_VALUE} if the next write will fail. */
    int replication();

    /** Flushes and ends the file. */
    void close() throws IOException;

    /** Lets go of the file without waiting for what is not acknowledged. */
    void abandon() throws IOException;
}
