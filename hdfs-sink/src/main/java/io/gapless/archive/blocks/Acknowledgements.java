package io.gapless.archive.blocks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.apache.hadoop.hdfs.protocol.DatanodeInfo;
import org.apache.hadoop.hdfs.protocol.LocatedBlock;
import org.apache.hadoop.hdfs.protocol.datatransfer.PipelineAck;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.Status;

/**
 * What the DataNodes answer, in the order of the packets (PipelineAck): each answer says how all of
 * them fared. One thread at a time.
 */
final class Acknowledgements {
    private final LocatedBlock block;
    private final InputStream answers;
    private final Runnable progress;
    private long count;

    /**
     * @param progress run with each answer
     */
    Acknowledgements(LocatedBlock block, SocketChannel channel, Runnable progress) {
        this.block = block;
        this.answers = new BufferedInputStream(Channels.newInputStream(channel), 1024);
        this.progress = progress;
    }

    /** Packets that all DataNodes have. */
    long count() {
        return count;
    }

    /** Returns when the block may begin. */
    void awaitBegin() throws IOException {
        WriteBlock.check(answers, block);
        progress.run();
    }

    /**
     * Returns when so many packets are acknowledged.
     *
     * @throws PipelineException if a DataNode failed
     * @throws IOException if the first one hung up
     */
    void await(long packets) throws IOException {
        PipelineAck answer = new PipelineAck();
        while (count < packets) {
            answer.readFields(answers);
            progress.run();
            check(answer);
            if (answer.getSeqno() != Packet.SIGN_OF_LIFE) {
                requireNext(answer.getSeqno());
                count++;
            }
        }
    }

    /** From the last one, whose failure is the cause of what those before it say. */
    private void check(PipelineAck answer) throws PipelineException {
        for (int i = answer.getNumOfReplies() - 1; i >= 0; i--) {
            Status status = PipelineAck.getStatusFromHeader(answer.getHeaderFlag(i));
            if (status != Status.SUCCESS) {
                List<DatanodeInfo> failed = List.of(block.getLocations()[i]);
                throw new PipelineException(block, "answered " + status, failed, null);
            }
        }
    }

    private void requireNext(long number) throws PipelineException {
        if (number != count) {
            String what = "packet %d was acknowledged before %d".formatted(number, count);
            throw new PipelineException(block, what, List.of(), null);
        }
    }
}
