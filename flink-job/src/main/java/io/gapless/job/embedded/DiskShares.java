package io.gapless.job.embedded;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How the archive and the rings of a small site share one disk: the rings are small beside the
 * archive, and give way to it.
 *
 * @param totalBytes of the disk
 * @param freeBytes of the disk
 * @param ringBytes that the rings hold already
 * @param rings on that disk
 */
record DiskShares(long totalBytes, long freeBytes, long ringBytes, int rings) {
    private static final long GIB = 1L << 30;

    /** Recording with less is not begun. */
    private static final long LEAST_FREE_BYTES = GIB;

    /** With less, a ring would hold too little to be worth its process. */
    private static final long LEAST_RING_BYTES = GIB / 4;

    private static final long MOST_RING_BYTES = 20 * GIB;
    private static final long MOST_SPILL_BYTES = 8 * GIB;
    private static final int RING_SHARE = 10;
    private static final long LEAST_BLOCK_BYTES = 8L << 20;
    private static final long MOST_BLOCK_BYTES = 128L << 20;
    private static final int OPEN_BLOCKS_SHARE = 4;
    private static final int USUAL_CAMERAS = 256;

    static DiskShares of(DataDirectory data, int rings) throws IOException {
        FileStore disk = Files.getFileStore(data.root());
        long held = 0;
        for (int replica = 1; replica <= rings; replica++) {
            held += sizeBytes(data.ring(Member.replica(replica)));
        }
        return new DiskShares(disk.getTotalSpace(), disk.getUsableSpace(), held, rings);
    }

    private static long sizeBytes(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    /** What has to be free so that recording can begin; what the rings hold counts for them. */
    long neededBytes() {
        return LEAST_FREE_BYTES + Math.max(0, rings * LEAST_RING_BYTES - ringBytes);
    }

    /**
     * @throws IOException with one sentence if too little is free
     */
    void require(Path directory) throws IOException {
        if (freeBytes < neededBytes()) {
            throw new IOException(
                    "only %d MB are free for %s, and recording%s needs at least %d MB; free some or give another --data"
                            .formatted(
                                    freeBytes >> 20,
                                    directory,
                                    rings > 0 ? " with %d replica(s)".formatted(rings) : "",
                                    neededBytes() >> 20));
        }
    }

    /** What one ring may hold. */
    long ringLimitBytes() {
        long share = (freeBytes + ringBytes) / RING_SHARE / Math.max(1, rings);
        return Math.max(LEAST_RING_BYTES, Math.min(MOST_RING_BYTES, share));
    }

    /** What the primary may put aside while the archive's process hangs or is away. */
    long spillLimitBytes() {
        return Math.max(LEAST_RING_BYTES, Math.min(MOST_SPILL_BYTES, freeBytes / RING_SHARE));
    }

    /**
     * What a ring leaves free for the archive: a twentieth of the disk, and less of a small one.
     */
    long ringReserveBytes() {
        return Math.min(LEAST_FREE_BYTES, totalBytes / 20);
    }

    /**
     * Every camera's open block reserves its whole size on the disk, and every new block costs a
     * new pipeline: so blocks are as large as a disk allows that hundreds of cameras share, or as
     * many as there are.
     */
    long blockBytes(int cameras) {
        long blocks = (long) OPEN_BLOCKS_SHARE * Math.max(USUAL_CAMERAS, cameras);
        long share = Long.highestOneBit(Math.max(1, freeBytes / blocks));
        return Math.max(LEAST_BLOCK_BYTES, Math.min(MOST_BLOCK_BYTES, share));
    }
}
