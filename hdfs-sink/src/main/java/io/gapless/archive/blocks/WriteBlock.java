package io.gapless.archive.blocks;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.hdfs.protocol.DatanodeInfo;
import org.apache.hadoop.hdfs.protocol.ExtendedBlock;
import org.apache.hadoop.hdfs.protocol.LocatedBlock;
import org.apache.hadoop.hdfs.protocol.datatransfer.BlockConstructionStage;
import org.apache.hadoop.hdfs.protocol.datatransfer.Sender;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.BlockOpResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.Status;
import org.apache.hadoop.hdfs.protocolPB.PBHelperClient;

/** How a block begins: WRITE_BLOCK of DataTransferProtocol, and its answer. */
final class WriteBlock {
    /** Of a block that has never been recovered, which ours are not. */
    private static final long NO_NEWER_GENERATION = 0;

    private WriteBlock() {}

    static void request(
            TransferSettings settings, LocatedBlock located, long blockBytes, SocketChannel channel)
            throws IOException {
        ExtendedBlock room = new ExtendedBlock(located.getBlock());
        room.setNumBytes(blockBytes);
        DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
        new Sender(out)
                .writeBlock(
                        room,
                        located.getStorageTypes()[0],
                        located.getBlockToken(),
                        settings.clientName(),
                        located.getLocations(),
                        located.getStorageTypes(),
                        null,
                        BlockConstructionStage.PIPELINE_SETUP_CREATE,
                        located.getLocations().length,
                        0,
                        0,
                        NO_NEWER_GENERATION,
                        settings.checksum(),
                        settings.caching(),
                        false,
                        false,
                        null,
                        located.getStorageIDs()[0],
                        located.getStorageIDs());
        out.flush();
    }

    /**
     * @throws PipelineException if a DataNode will not take the block
     */
    static void check(InputStream answers, LocatedBlock block) throws IOException {
        BlockOpResponseProto answer =
                BlockOpResponseProto.parseFrom(PBHelperClient.vintPrefixed(answers));
        if (answer.getStatus() != Status.SUCCESS) {
            throw new PipelineException(
                    block,
                    "refused, %s %s".formatted(answer.getStatus(), answer.getMessage()),
                    List.of(named(answer.getFirstBadLink(), block.getLocations())),
                    null);
        }
    }

    /** The first one names no address when it means itself. */
    private static DatanodeInfo named(String address, DatanodeInfo[] nodes) {
        return Arrays.stream(nodes)
                .filter(node -> address.equals(node.getXferAddr()))
                .findFirst()
                .orElse(nodes[0]);
    }
}
