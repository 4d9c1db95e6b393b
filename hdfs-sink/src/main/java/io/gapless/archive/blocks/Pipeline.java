package io.gapless.archive.blocks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hadoop.hdfs.protocol.DatanodeInfo;
import org.apache.hadoop.hdfs.protocol.LocatedBlock;
import org.apache.hadoop.net.NetUtils;

/**
 * One block on its way to its DataNodes, of which the first takes it and hands it on. Nothing is
 * repaired: after an exception the block gets no further byte, and its file is for others to
 * recover.
 *
 * <p>One thread at a time sends and waits; a second one, {@link #watch}, breaks what takes too long
 * and gives signs of life while nobody sends. They meet at the lock. An interrupt breaks any wait,
 * too, as it closes the channel.
 */
final class Pipeline implements AutoCloseable {
    /** Each further DataNode may take so much longer (HdfsConstants.READ_TIMEOUT_EXTENSION). */
    private static final Duration TIMEOUT_EXTENSION = Duration.ofSeconds(5);

    private static final Duration HASTE = Duration.ofSeconds(1);

    private final TransferSettings settings;
    private final LocatedBlock block;
    private final List<DatanodeInfo> nodes;
    private final SocketChannel channel;
    private final Acknowledgements acknowledged;
    private final ByteBuffer head;
    private final ReentrantLock lock = new ReentrantLock();

    private long sent;
    private long endInBlock;
    private volatile long progressNanos;

    /** Opens no connection yet. */
    Pipeline(TransferSettings settings, LocatedBlock block) throws IOException {
        this.settings = settings;
        this.block = block;
        this.nodes = List.of(block.getLocations());
        this.channel = SocketChannel.open();
        this.acknowledged = new Acknowledgements(block, channel, this::progressed);
        this.head =
                ByteBuffer.allocateDirect(
                        Packet.headBytes(settings.packetBytes(), settings.chunkBytes()));
        progressed();
    }

    /**
     * Returns when all DataNodes expect the block's first byte.
     *
     * @param blockBytes to keep free for it
     */
    void begin(long blockBytes) throws IOException {
        act(
                () -> {
                    settings.apply(channel);
                    channel.connect(address(nodes.get(0)));
                    progressed();
                    WriteBlock.request(settings, block, blockBytes, channel);
                    acknowledged.awaitBegin();
                });
    }

    private InetSocketAddress address(DatanodeInfo node) throws UnknownHostException {
        InetSocketAddress address =
                NetUtils.createSocketAddr(node.getXferAddr(settings.byHostname()));
        if (address.isUnresolved()) {
            throw new UnknownHostException(address.getHostString());
        }
        return address;
    }

    LocatedBlock block() {
        return block;
    }

    /** DataNodes that have, or will have, what is sent. */
    int replicas() {
        return nodes.size();
    }

    long endInBlock() {
        return endInBlock;
    }

    /** Sends a packet; waits only where too many are unacknowledged, or the socket is full. */
    void send(Packet packet) throws IOException {
        act(
                () -> {
                    write(packet.encode(sent, head));
                    sent++;
                    endInBlock = packet.endInBlock();
                    acknowledged.await(sent - settings.packetsInFlight());
                });
    }

    /** Returns when every DataNode has everything that was sent. */
    void awaitAcknowledged() throws IOException {
        act(() -> acknowledged.await(sent));
    }

    /** Tells the DataNodes that this was all, and returns when they have finalized the block. */
    void finish() throws IOException {
        act(
                () -> {
                    acknowledged.await(sent);
                    write(Packet.encodeEmpty(sent, endInBlock, true));
                    sent++;
                    acknowledged.await(sent);
                });
    }

    private void write(ByteBuffer... wire) throws IOException {
        ByteBuffer last = wire[wire.length - 1];
        try {
            while (last.hasRemaining()) {
                channel.write(wire);
                progressed();
            }
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            hearWhy(e);
            throw e;
        }
    }

    /** Before the first DataNode hung up it may have said which one failed. */
    private void hearWhy(IOException hungUp) throws PipelineException {
        try {
            acknowledged.await(Long.MAX_VALUE);
        } catch (PipelineException e) {
            e.addSuppressed(hungUp);
            throw e;
        } catch (IOException e) {
            hungUp.addSuppressed(e);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private void act(Step step) throws IOException {
        lock.lock();
        try {
            progressed();
            step.run();
        } catch (PipelineException e) {
            throw e;
        } catch (ClosedChannelException e) {
            throw fault("no answer in time", isStuck(HASTE) ? nodes : List.of(), e);
        } catch (IOException e) {
            throw fault(e.toString(), List.of(nodes.get(0)), e);
        } finally {
            lock.unlock();
        }
    }

    private PipelineException fault(String what, List<DatanodeInfo> suspects, IOException cause) {
        return new PipelineException(block, what, suspects, cause);
    }

    private void progressed() {
        progressNanos = settings.nanoTicker().getAsLong();
    }

    private boolean isStuck(Duration patience) {
        return settings.nanoTicker().getAsLong() - progressNanos > patience.toNanos();
    }

    /** To be called now and then, by one thread, which it never holds up. */
    void watch() throws IOException {
        if (!lock.tryLock()) {
            if (isStuck(settings.timeout().plus(TIMEOUT_EXTENSION.multipliedBy(nodes.size())))) {
                channel.close();
            }
            return;
        }
        try {
            // What is unacknowledged may fill the socket, and is a sign of life itself.
            if (acknowledged.count() == sent && isStuck(settings.timeout().dividedBy(2))) {
                write(Packet.encodeEmpty(Packet.SIGN_OF_LIFE, 0, false));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Breaks whatever is under way. Any thread. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
