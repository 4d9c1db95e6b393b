package io.gapless.archive.blocks;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.crypto.CryptoProtocolVersion;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.permission.FsCreateModes;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.AddBlockFlag;
import org.apache.hadoop.hdfs.DFSClient;
import org.apache.hadoop.hdfs.protocol.ClientProtocol;
import org.apache.hadoop.hdfs.protocol.DatanodeInfo;
import org.apache.hadoop.hdfs.protocol.ExtendedBlock;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;
import org.apache.hadoop.hdfs.protocol.LocatedBlock;
import org.apache.hadoop.hdfs.server.namenode.NotReplicatedYetException;
import org.apache.hadoop.io.EnumSetWritable;
import org.apache.hadoop.ipc.RemoteException;

/**
 * A file that is being written, as its NameNode knows it (ClientProtocol). One thread at a time.
 */
final class FileUnderConstruction {
    private static final long FIRST_PAUSE_MILLIS = 20;

    private final ClientProtocol nameNode;
    private final String path;
    private final String clientName;
    private final long id;
    private final short replication;
    private final int patience;
    private Optional<ExtendedBlock> last = Optional.empty();
    private boolean persistent = true;

    private FileUnderConstruction(DFSClient client, String path, HdfsFileStatus status) {
        this.nameNode = client.getNamenode();
        this.path = path;
        this.clientName = client.getClientName();
        this.id = status.getFileId();
        this.replication = status.getReplication();
        this.patience = client.getConf().getNumBlockWriteLocateFollowingRetry();
    }

    /**
     * Creates the file and the directories above it; fails if it exists. It is replicated even
     * where the directory is erasure-coded, which could make nothing durable.
     *
     * @throws org.apache.hadoop.hdfs.UnknownCryptoProtocolVersionException in an encryption zone
     */
    static FileUnderConstruction create(
            DFSClient client, String path, short replication, long blockBytes) throws IOException {
        FsPermission permission =
                FsCreateModes.applyUMask(
                        FsPermission.getFileDefault(), client.getConf().getUMask());
        HdfsFileStatus status =
                call(
                        () ->
                                client.getNamenode()
                                        .create(
                                                path,
                                                permission,
                                                client.getClientName(),
                                                new EnumSetWritable<>(
                                                        EnumSet.of(
                                                                CreateFlag.CREATE,
                                                                CreateFlag.SHOULD_REPLICATE)),
                                                true,
                                                replication,
                                                blockBytes,
                                                new CryptoProtocolVersion[0],
                                                null,
                                                null));
        return new FileUnderConstruction(client, path, status);
    }

    String path() {
        return path;
    }

    short replication() {
        return replication;
    }

    /** A further block, the last one being {@link #finished}. */
    LocatedBlock addBlock(DatanodeInfo[] excluded) throws IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                LocatedBlock block =
                        call(
                                () ->
                                        nameNode.addBlock(
                                                path,
                                                clientName,
                                                last.orElse(null),
                                                excluded,
                                                id,
                                                null,
                                                EnumSet.noneOf(AddBlockFlag.class)));
                persistent = false;
                return block;
            } catch (NotReplicatedYetException e) {
                pause(attempt, e);
            }
        }
    }

    /** Gives back a block that no DataNode has. */
    void abandon(LocatedBlock block) throws IOException {
        act(() -> nameNode.abandonBlock(block.getBlock(), id, path, clientName));
    }

    /** All DataNodes have the block's {@code bytes}. */
    void finished(LocatedBlock block, long bytes) {
        ExtendedBlock whole = new ExtendedBlock(block.getBlock());
        whole.setNumBytes(bytes);
        last = Optional.of(whole);
    }

    /**
     * A NameNode that restarts will know the last block, and that there is something in it: one
     * that it takes for empty it drops, if it is asked to release the lease before it has heard
     * from a DataNode (FSNamesystem.internalReleaseLease).
     *
     * @param lastBlockBytes that all DataNodes have
     */
    void persist(long lastBlockBytes) throws IOException {
        if (!persistent) {
            act(() -> nameNode.fsync(path, id, clientName, lastBlockBytes));
            persistent = true;
        }
    }

    /** Closes the file, as soon as a DataNode has reported each block. */
    void complete() throws IOException {
        for (int attempt = 0; !isComplete(); attempt++) {
            pause(attempt, new IOException(path + " is not complete: a block lacks a replica"));
        }
    }

    private boolean isComplete() throws IOException {
        return call(() -> nameNode.complete(path, clientName, last.orElse(null), id));
    }

    /** DataNodes report within milliseconds, unless they are busy. */
    private void pause(int attempt, IOException failure) throws IOException {
        if (attempt == patience) {
            throw failure;
        }
        try {
            Thread.sleep(FIRST_PAUSE_MILLIS << attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.addSuppressed(e);
            throw (IOException) new InterruptedIOException(failure.getMessage()).initCause(failure);
        }
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void act(Action action) throws IOException {
        List<Object> nothing =
                call(
                        () -> {
                            action.run();
                            return List.of();
                        });
        assert nothing.isEmpty();
    }

    private static <T> T call(Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (RemoteException e) {
            throw e.unwrapRemoteException();
        }
    }
}
