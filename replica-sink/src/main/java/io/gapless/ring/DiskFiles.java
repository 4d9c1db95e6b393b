package io.gapless.ring;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The narrow way to a disk. In tests one stands in its place that fails, hangs or is full. */
interface DiskFiles {
    /** A file that is written from its start, by one thread. */
    interface Output extends Closeable {
        /** Writes all that remains of the buffers. */
        void write(ByteBuffer[] buffers) throws IOException;

        /** Cuts the file after so many bytes, and goes on there. */
        void truncate(long sizeBytes) throws IOException;
    }

    /** Creates a file that must not exist, with its directories. */
    Output create(Path file) throws IOException;

    /** Gives a file another name in its directory; harmless if it is gone. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file; harmless if it is gone. */
    void delete(Path file) throws IOException;

    /** Bytes that can still be written on the disk of a directory, which is made if need be. */
    long usableBytes(Path directory) throws IOException;
}
