package io.gapless.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a segment on the threads of its disk. */
final class DiskReading implements RingReading {
    private static final Logger LOG = LoggerFactory.getLogger(DiskReading.class);

    private final RingFile file;
    private final Path disk;
    private final DiskReads reads;

    DiskReading(RingFile file, Path disk, DiskReads reads) {
        this.file = file;
        this.disk = disk;
        this.reads = reads;
    }

    @Override
    public void read(long position, ByteBuffer target, Consumer<Optional<IOException>> done) {
        reads.later(
                disk,
                () -> {
                    Optional<IOException> failure = Optional.empty();
                    try {
                        file.read(position, target);
                    } catch (IOException e) {
                        failure = Optional.of(e);
                    }
                    done.accept(failure);
                });
    }

    /** Closing a file waits for whoever reads it. */
    @Override
    public void close() {
        reads.later(disk, this::closeNow);
    }

    private void closeNow() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("A segment that was only read could not be closed", e);
        }
    }
}
