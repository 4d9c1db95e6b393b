package io.gapless.archive.hold;

import io.gapless.media.ByteSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;

/** A local file that somebody else closes; into heap buffers only. */
record LocalSource(RandomAccessFile file, long sizeBytes) implements ByteSource {
    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        file.seek(position);
        file.readFully(
                target.array(), target.arrayOffset() + target.position(), target.remaining());
        target.position(target.limit());
    }
}
