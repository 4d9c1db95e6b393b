package io.gapless.archive;

import io.gapless.media.GapCause;
import java.util.regex.Pattern;
import org.apache.hadoop.hdfs.protocol.QuotaExceededException;
import org.apache.hadoop.ipc.RemoteException;

/** What the store's exceptions mean for the timeline. */
final class StoreFaults {
    /**
     * No DataNode has room for another block; where nodes are excluded, they may be away instead
     * (BlockManager.chooseTarget4NewBlock).
     */
    private static final Pattern NO_ROOM =
            Pattern.compile(
                    "could only be written to 0 of .*There are [1-9]\\d* datanode\\(s\\) running and"
                            + " (no|0) node\\(s\\) are excluded.*",
                    Pattern.DOTALL);

    private StoreFaults() {}

    /** Why video is lost if it does not fit into memory while this lasts. */
    static GapCause cause(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (isFull(each)) {
                return GapCause.STORAGE_FULL;
            }
        }
        return GapCause.STORAGE_STALLED;
    }

    private static boolean isFull(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof QuotaExceededException
                || (failure instanceof RemoteException remote
                        && remote.getClassName().endsWith("QuotaExceededException"))
                || message.contains("No space left on device")
                || NO_ROOM.matcher(message).find();
    }
}
