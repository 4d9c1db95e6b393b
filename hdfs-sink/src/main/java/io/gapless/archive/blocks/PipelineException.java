package io.gapless.archive.blocks;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.hdfs.protocol.DatanodeInfo;

/** A block that its DataNodes take no more bytes of. */
final class PipelineException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient List<DatanodeInfo> suspects;

    /**
     * @param suspects the DataNodes of which one is the cause; none if nobody knows
     */
    PipelineException(String message, List<DatanodeInfo> suspects, Throwable cause) {
        super(message, cause);
        this.suspects = List.copyOf(suspects);
    }

    List<DatanodeInfo> suspects() {
        return suspects;
    }
}
