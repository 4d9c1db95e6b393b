package io.gapless.archive;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;

/**
 * How an {@link ArchiveWriter} writes.
 *
 * @param ioThreads that write at the same time while nothing is stuck; a stuck one is stood in for
 * @param deadline of every operation on the store, after which its stream is given up
 * @param blockSizeBytes of new recordings, 0 for the file system's default. An open block reserves
 *     its whole size on the DataNode's disk, so small disks need small blocks
 * @param idleBeforeFinish after which a camera's recording is finished if nothing came for it: its
 *     camera is interrupted, or its fill is done
 * @param recoverLeftovers whether to finish recordings that other writers of a camera left open;
 *     not for a second writer beside a living one, whose recordings it would take away. Such a
 *     writer's own leftovers are found by their names ({@link ArchiveWriter#newId})
 * @param fillSilence after which a recording of a second writer is taken for a leftover and
 *     finished, if it has not grown
 * @param output by which recordings are written
 */
public record ArchiveWriterOptions(
        int ioThreads,
        Duration deadline,
        long blockSizeBytes,
        Duration idleBeforeFinish,
        boolean recoverLeftovers,
        Duration fillSilence,
        Output output)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How bytes get to HDFS. */
    public enum Output {
        /** By Hadoop's client. */
        HADOOP,
        /** By our own, where it can ({@code docs/operations.md}); else by Hadoop's. */
        BLOCKS
    }

    public ArchiveWriterOptions {
        requireNonNull(deadline, "deadline is null");
        requireNonNull(idleBeforeFinish, "idleBeforeFinish is null");
        requireNonNull(fillSilence, "fillSilence is null");
        requireNonNull(output, "output is null");
        if (ioThreads < 1 || blockSizeBytes < 0 || deadline.isZero() || deadline.isNegative()) {
            throw new IllegalArgumentException(
                    "%d IO threads, blocks of %d bytes, deadline %s"
                            .formatted(ioThreads, blockSizeBytes, deadline));
        }
    }

    /** 4 threads, 15 s, the file system's blocks and replicas, our own output; for recorders. */
    public static ArchiveWriterOptions defaults() {
        return new ArchiveWriterOptions(
                4,
                Duration.ofSeconds(15),
                0,
                Duration.ofMinutes(10),
                true,
                Duration.ofMinutes(1),
                Output.BLOCKS);
    }

    /**
     * As the defaults, for a writer of fills beside a living recorder: done after 5 s of silence.
     */
    public static ArchiveWriterOptions forFills() {
        return defaults().withRecoverLeftovers(false).withIdleBeforeFinish(Duration.ofSeconds(5));
    }

    public ArchiveWriterOptions withBlockSizeBytes(long bytes) {
        return new ArchiveWriterOptions(
                ioThreads,
                deadline,
                bytes,
                idleBeforeFinish,
                recoverLeftovers,
                fillSilence,
                output);
    }

    public ArchiveWriterOptions withDeadline(Duration newDeadline) {
        return new ArchiveWriterOptions(
                ioThreads,
                newDeadline,
                blockSizeBytes,
                idleBeforeFinish,
                recoverLeftovers,
                fillSilence,
                output);
    }

    public ArchiveWriterOptions withIdleBeforeFinish(Duration idle) {
        return new ArchiveWriterOptions(
                ioThreads, deadline, blockSizeBytes, idle, recoverLeftovers, fillSilence, output);
    }

    public ArchiveWriterOptions withRecoverLeftovers(boolean recover) {
        return new ArchiveWriterOptions(
                ioThreads,
                deadline,
                blockSizeBytes,
                idleBeforeFinish,
                recover,
                fillSilence,
                output);
    }

    public ArchiveWriterOptions withIoThreads(int threads) {
        return new ArchiveWriterOptions(
                threads,
                deadline,
                blockSizeBytes,
                idleBeforeFinish,
                recoverLeftovers,
                fillSilence,
                output);
    }

    public ArchiveWriterOptions withFillSilence(Duration silence) {
        return new ArchiveWriterOptions(
                ioThreads,
                deadline,
                blockSizeBytes,
                idleBeforeFinish,
                recoverLeftovers,
                silence,
                output);
    }

    public ArchiveWriterOptions withOutput(Output chosen) {
        return new ArchiveWriterOptions(
                ioThreads,
                deadline,
                blockSizeBytes,
                idleBeforeFinish,
                recoverLeftovers,
                fillSilence,
                chosen);
    }
}
