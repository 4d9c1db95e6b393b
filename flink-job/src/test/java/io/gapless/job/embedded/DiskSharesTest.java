package io.gapless.job.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiskSharesTest {
    private static final long GIB = 1L << 30;
    private static final Path DATA = Path.of("data");

    @Test
    void aRingGetsATenthOfWhatIsFreeAndNeverMoreThanTwentyGigabytes() {
        assertThat(disk(500, 80, 0, 1).ringLimitBytes()).isEqualTo(8 * GIB);
        assertThat(disk(500, 400, 0, 1).ringLimitBytes()).isEqualTo(20 * GIB);
    }

    @Test
    void severalRingsShareIt() {
        assertThat(disk(500, 80, 0, 2).ringLimitBytes()).isEqualTo(4 * GIB);
    }

    @Test
    void aRingDoesNotShrinkBecauseItIsFull() {
        assertThat(disk(500, 72, 8, 1).ringLimitBytes()).isEqualTo(8 * GIB);
    }

    @Test
    void aRingLeavesTheRestOfTheDiskToTheArchive() {
        assertThat(disk(500, 80, 0, 1).ringReserveBytes()).isEqualTo(GIB);
        assertThat(disk(10, 5, 0, 1).ringReserveBytes()).isEqualTo(GIB / 2);
    }

    @Test
    void recordingNeedsRoomForTheArchiveAndForEachRing() throws IOException {
        new DiskShares(10 * GIB, GIB, 0, 0).require(DATA);
        new DiskShares(10 * GIB, GIB + GIB / 2, 0, 2).require(DATA);
        new DiskShares(10 * GIB, GIB, GIB / 2, 2).require(DATA);
        assertThatThrownBy(() -> new DiskShares(10 * GIB, GIB, 0, 1).require(DATA))
                .hasMessage(
                        "only 1024 MB are free for data, and recording with 1 replica(s) needs at least 1280 MB; free some or give another --data");
    }

    @Test
    void blocksAreSmallOnSmallDisks() {
        assertThat(disk(500, 400, 0, 1).blockBytes(4)).isEqualTo(128L << 20);
        assertThat(disk(500, 33, 0, 1).blockBytes(4)).isEqualTo(32L << 20);
        assertThat(disk(500, 2, 0, 1).blockBytes(4)).isEqualTo(8L << 20);
    }

    /** Each open block reserves its size: a thousand of 64 MiB would be all of this disk. */
    @Test
    void blocksAreSmallWhereManyAreOpen() {
        assertThat(disk(500, 70, 0, 0).blockBytes(256)).isEqualTo(64L << 20);
        assertThat(disk(500, 70, 0, 0).blockBytes(1000)).isEqualTo(16L << 20);
    }

    private static DiskShares disk(long total, long free, long held, int rings) {
        return new DiskShares(total * GIB, free * GIB, held * GIB, rings);
    }
}
