package io.gapless.archive;

import io.gapless.media.ByteSource;
import io.gapless.media.fmp4.Recording;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.LocatedBlock;
import org.apache.hadoop.hdfs.protocol.LocatedBlocks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes a recording that a failure left open: takes its lease, which also stops a writer that is
 * still alive somewhere, cuts the torn tail and gives it its final name. Never appends.
 *
 * <p>Every {@link #step} looks at the file anew, so steps may be repeated, interrupted, and done by
 * several recoverers at once. One thread at a time.
 */
final class RecordingRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingRecovery.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LEASE_RETRY = Duration.ofSeconds(4);

    /** By then a NameNode takes a DataNode that is silent for dead. */
    private static final Duration BLOCK_REPORTS = Duration.ofMinutes(10);

    /** Without leases only silence tells that the writer is dead. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /**
     * More than a writer ever has unacknowledged; a longer tail is damage, which is not cut off.
     */
    private static final long TAIL_MAX_BYTES = 64L << 20;

    private static final long UNKNOWN_BYTES = -2;

    private final OpenRecording recording;
    private final WriterContext context;
    private final StoreThreads threads;

    /** How long the recording must not have grown before its lease is taken. */
    private final Duration patience;

    private long grownBytes = -1;
    private long grownNanos;
    private Optional<Long> leaseAskedNanos = Optional.empty();
    private Optional<Long> unreportedNanos = Optional.empty();
    private long wholeBytes = -1;
    private boolean cannotCut;

    private RecordingRecovery(
            OpenRecording recording,
            WriterContext context,
            StoreThreads threads,
            Duration patience) {
        this.recording = recording;
        this.context = context;
        this.threads = threads;
        this.patience = patience;
    }

    /** Of a recording whose writer is known to be dead, or to be stopped. */
    static RecordingRecovery atOnce(
            OpenRecording recording, WriterContext context, StoreThreads threads) {
        return new RecordingRecovery(recording, context, threads, Duration.ZERO);
    }

    /** Of a recording whose writer may live; it lives as long as the recording grows. */
    static RecordingRecovery onceSilent(
            OpenRecording recording, WriterContext context, StoreThreads threads) {
        return new RecordingRecovery(recording, context, threads, context.options().fillSilence());
    }

    OpenRecording recording() {
        return recording;
    }

    /**
     * @return when to call again; nothing if the recording is finished, by whomever
     */
    Optional<Duration> step(Archive archive) throws IOException {
        Path path = archive.layout().path(recording.entry());
        try {
            FileStatus status = threads.call(() -> archive.fileSystem().getFileStatus(path));
            Optional<Duration> wait = waitForWriter(archive, status);
            return wait.isPresent() ? wait : finish(archive, path);
        } catch (FileNotFoundException e) {
            LOG.debug("{} was finished by somebody else", recording);
            return Optional.empty();
        }
    }

    private Optional<Duration> waitForWriter(Archive archive, FileStatus status)
            throws IOException {
        Optional<Duration> growing = waitWhileGrowing(archive, status.getPath());
        if (growing.isPresent()) {
            return growing;
        }
        if (archive.fileSystem() instanceof DistributedFileSystem hdfs) {
            return takeLease(hdfs, status.getPath());
        }
        Instant silent = Instant.ofEpochMilli(status.getModificationTime()).plus(SILENCE);
        Duration left = Duration.between(context.wallClock().instant(), silent);
        return left.isNegative() ? Optional.empty() : Optional.of(left.plusMillis(1));
    }

    private Optional<Duration> waitWhileGrowing(Archive archive, Path path) throws IOException {
        if (patience.isZero()) {
            return Optional.empty();
        }
        // It is silent from the end of one look to the beginning of another that finds the same:
        // who stalls during a look must not take a growing one for silent.
        long before = context.nanoTicker().getAsLong();
        long size = visibleBytes(archive, path);
        if (size != grownBytes) {
            grownBytes = size;
            grownNanos = context.nanoTicker().getAsLong();
        }
        Duration left = patience.minusNanos(before - grownNanos);
        return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
    }

    /** What the DataNodes have; the NameNode's length of an open file lags. */
    private long visibleBytes(Archive archive, Path path) throws IOException {
        try {
            ArchiveFile file = threads.call(() -> archive.read(path));
            threads.act(file::close);
            return file.sizeBytes();
        } catch (FileNotFoundException e) {
            throw e;
        } catch (IOException e) {
            // After a crash of its DataNodes nobody can tell before its lease is recovered.
            LOG.debug("{} cannot be measured: {}", recording, e.toString());
            return UNKNOWN_BYTES;
        }
    }

    private Optional<Duration> takeLease(DistributedFileSystem hdfs, Path path) throws IOException {
        if (threads.call(() -> hdfs.isFileClosed(path))) {
            return Optional.empty();
        }
        long now = context.nanoTicker().getAsLong();
        if (leaseAskedNanos.map(at -> now - at < LEASE_RETRY.toNanos()).orElse(false)) {
            return Optional.of(POLL);
        }
        if (isUnreported(hdfs, path)) {
            long since = unreportedNanos.orElse(now);
            unreportedNanos = Optional.of(since);
            if (now - since < BLOCK_REPORTS.toNanos()) {
                return Optional.of(LEASE_RETRY);
            }
        }
        leaseAskedNanos = Optional.of(now);
        return threads.call(() -> hdfs.recoverLease(path)) ? Optional.empty() : Optional.of(POLL);
    }

    /**
     * Whether no DataNode has told of the last block, as after a restart of the NameNode: it would
     * take the block for empty, drop it with all that is in it, and close the file.
     */
    private boolean isUnreported(DistributedFileSystem hdfs, Path path) throws IOException {
        LocatedBlocks blocks =
                threads.call(
                        () ->
                                hdfs.getClient()
                                        .getLocatedBlocks(
                                                path.toUri().getPath(), 0, Long.MAX_VALUE));
        LocatedBlock last = blocks.getLastLocatedBlock();
        return last != null && last.getLocations().length == 0;
    }

    private Optional<Duration> finish(Archive archive, Path path) throws IOException {
        long size = threads.call(() -> archive.fileSystem().getFileStatus(path)).getLen();
        if (size != wholeBytes) {
            Recording content = read(archive, path);
            if (content.fragments().isEmpty() && size <= TAIL_MAX_BYTES) {
                threads.act(() -> archive.fileSystem().delete(path, false));
                LOG.info("{} held no whole fragment and was deleted", recording);
                return Optional.empty();
            }
            wholeBytes = content.completeBytes();
        }
        if (needsCut(size) && !cut(archive, path, size)) {
            return Optional.of(POLL);
        }
        threads.act(() -> RecordingStream.rename(archive, recording));
        context.metrics().recordingRecovered(recording.camera());
        LOG.info("{} was recovered, {} of {} bytes", recording, wholeBytes, size);
        return Optional.empty();
    }

    private boolean needsCut(long size) {
        return !cannotCut && wholeBytes < size && size - wholeBytes <= TAIL_MAX_BYTES;
    }

    /**
     * @return whether it is done; if not, the file is under recovery until it is
     */
    private boolean cut(Archive archive, Path path, long size) throws IOException {
        try {
            return threads.call(() -> archive.fileSystem().truncate(path, wholeBytes));
        } catch (IOException e) {
            if (!(e.getCause() instanceof UnsupportedOperationException)) {
                throw e;
            }
            LOG.info("{} keeps a torn tail of {} bytes", recording, size - wholeBytes);
            cannotCut = true;
            return true;
        }
    }

    private Recording read(Archive archive, Path path) throws IOException {
        ArchiveFile file = threads.call(() -> archive.read(path));
        try {
            return Recording.read(new GuardedSource(file));
        } finally {
            threads.act(file::close);
        }
    }

    /** Every read with a deadline of its own: walking a long recording takes many. */
    private final class GuardedSource implements ByteSource {
        private final ArchiveFile file;

        GuardedSource(ArchiveFile file) {
            this.file = file;
        }

        @Override
        public long sizeBytes() {
            return file.sizeBytes();
        }

        @Override
        public void read(long position, ByteBuffer target) throws IOException {
            threads.act(() -> file.read(position, target));
        }
    }
}
