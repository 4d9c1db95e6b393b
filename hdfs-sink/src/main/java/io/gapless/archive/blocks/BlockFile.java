package io.gapless.archive.blocks;

import io.gapless.archive.hold.ByteSink;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of HDFS while it is written. After any exception nothing can be written any more; what was
 * flushed before stays, once the file's lease is recovered. One thread at a time; a wait is broken
 * by interrupting it.
 */
public final class BlockFile implements ByteSink, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(BlockFile.class);

    private enum State {
        OPEN,
        FAILED,
        CLOSED
    }

    private final FileUnderConstruction file;
    private final long blockBytes;
    private final BlockPlacement placement;
    private final LeaseRenewal lease;
    private final TransferSettings settings;
    private Optional<Pipeline> pipeline = Optional.empty();
    private Packet packet;
    private long positionBytes;
    private int replicas;
    private State state = State.OPEN;

    BlockFile(
            FileUnderConstruction file,
            long blockBytes,
            BlockPlacement placement,
            LeaseRenewal lease) {
        this.file = file;
        this.blockBytes = blockBytes;
        this.placement = placement;
        this.lease = lease;
        this.settings = placement.settings();
        this.packet = Packet.first(settings.chunkBytes());
        this.replicas = file.replication();
        lease.hold(this);
    }

    /** Takes all that remains, which must not change until the next {@link #flush} returns. */
    @Override
    public void write(ByteBuffer bytes) throws IOException {
        act(
                () -> {
                    while (bytes.hasRemaining()) {
                        int count = (int) Math.min(bytes.remaining(), room());
                        packet.add(bytes.slice(bytes.position(), count));
                        bytes.position(bytes.position() + count);
                        positionBytes += count;
                        if (room() == 0) {
                            send();
                        }
                    }
                });
    }

    private long room() {
        return Math.min(settings.packetBytes(), blockBytes - packet.offsetInBlock())
                - packet.sizeBytes();
    }

    private void send() throws IOException {
        if (pipeline.isEmpty()) {
            pipeline = Optional.of(placement.begin(file, blockBytes));
            replicas = pipeline.get().replicas();
        }
        pipeline.get().send(packet);
        packet = packet.next();
        if (pipeline.get().endInBlock() == blockBytes) {
            finishBlock(pipeline.get());
        }
    }

    private void finishBlock(Pipeline finished) throws IOException {
        finished.finish();
        file.finished(finished.block(), finished.endInBlock());
        placement.end(finished);
        pipeline = Optional.empty();
        packet = Packet.first(settings.chunkBytes());
    }

    public long positionBytes() {
        return positionBytes;
    }

    /** DataNodes that the block has, or the last one had. */
    public int replicas() {
        return replicas;
    }

    /** Returns when every DataNode has everything, and readers see it ({@code hflush}). */
    public void flush() throws IOException {
        act(
                () -> {
                    if (!packet.isEmpty()) {
                        send();
                    }
                    if (pipeline.isPresent()) {
                        pipeline.get().awaitAcknowledged();
                    }
                    file.persist(pipeline.map(Pipeline::endInBlock).orElse(blockBytes));
                });
    }

    /** Flushes and completes the file; one that failed is only let go. */
    @Override
    public void close() throws IOException {
        if (state == State.OPEN) {
            act(
                    () -> {
                        if (!packet.isEmpty()) {
                            send();
                        }
                        if (pipeline.isPresent()) {
                            finishBlock(pipeline.get());
                        }
                        file.complete();
                    });
            state = State.CLOSED;
            lease.release(this);
        }
    }

    /** Lets go of the file at once, whatever it lacks: its lease is for others to recover. */
    public void abandon() {
        if (state == State.OPEN) {
            fail();
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private void act(Step step) throws IOException {
        if (state != State.OPEN) {
            throw new IOException("%s is written no more: %s".formatted(file.path(), state));
        }
        boolean done = false;
        try {
            step.run();
            done = true;
        } catch (PipelineException e) {
            placement.failed(e);
            throw e;
        } finally {
            if (!done) {
                fail();
            }
        }
    }

    private void fail() {
        state = State.FAILED;
        lease.release(this);
        pipeline.ifPresent(this::letGo);
        pipeline = Optional.empty();
    }

    private void letGo(Pipeline failed) {
        try {
            placement.end(failed);
        } catch (IOException e) {
            LOG.debug("{}: a connection could not be closed", file.path(), e);
        }
    }
}
