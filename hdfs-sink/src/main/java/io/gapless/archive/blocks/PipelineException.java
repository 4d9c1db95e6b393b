package io.gapless.archive.blocks;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.hdfs.protocol.DatanodeInfo;
import org.apache.hadoop.hdfs.protocol.LocatedBlock;

/** A block that its DataNodes take no more bytes of. */
final class PipelineException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient List<DatanodeInfo> suspects;

    /**
     * @param suspects the DataNodes of which one is the cause; none if nobody knows
     */
    PipelineException(
            LocatedBlock block, String what, List<DatanodeInfo> suspects, Throwable cause) {
        super(
                "%s on %s: %s%s"
                        .formatted(
                                block.getBlock().getBlockName(),
                                addresses(List.of(block.getLocations())),
                                what,
                                suspects.isEmpty() ? "" : ", by " + addresses(suspects)),
                cause);
        this.suspects = List.copyOf(suspects);
    }

    private static List<String> addresses(List<? extends DatanodeInfo> nodes) {
        return nodes.stream().map(DatanodeInfo::getXferAddr).toList();
    }

    List<DatanodeInfo> suspects() {
        return suspects;
    }
}
