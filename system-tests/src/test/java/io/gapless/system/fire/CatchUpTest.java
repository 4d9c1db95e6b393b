package io.gapless.system.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatchUpTest {
    private static final Instant BEGIN = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void countsFromTheMostUntilATenthIsLeft() {
        CatchUp catchUp =
                CatchUp.of(
                        List.of(
                                sample(0, 10, 0),
                                sample(10, 100, 400),
                                sample(15, 100, 150),
                                sample(20, 20, 0),
                                sample(25, 10, 0)));

        assertThat(catchUp.mostBytes()).isEqualTo(500_000_000);
        assertThat(catchUp.mostOnDiskBytes()).isEqualTo(400_000_000);
        assertThat(catchUp.bytesPerSecond()).contains(48e6);
    }

    @Test
    void whatNeverWentAwayHasNoRate() {
        assertThat(CatchUp.of(List.of(sample(0, 10, 0), sample(5, 10, 0))).bytesPerSecond())
                .isEmpty();
        assertThat(CatchUp.of(List.of()).mostBytes()).isZero();
    }

    private static Samples.OfVideo sample(long second, long megabytes, long onDisk) {
        return new Samples.OfVideo(
                BEGIN.plusSeconds(second),
                new HeldVideo.Bytes(0, 0, megabytes * 1_000_000, onDisk * 1_000_000));
    }
}
