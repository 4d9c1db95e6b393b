package io.gapless.job.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestartBackOffTest {
    private static final Duration EARLY = Duration.ofSeconds(2);
    private static final Duration LATE = Duration.ofMinutes(2);

    private final RestartBackOff backOff = new RestartBackOff();

    @Test
    void startsAgainAtOnceWhatWasKilledNowAndThen() {
        List<Duration> waits =
                Stream.of(LATE, LATE, EARLY, LATE, EARLY).map(backOff::ended).toList();
        assertThat(waits).containsOnly(Duration.ZERO);
    }

    @Test
    void triesWhatCannotStartMoreAndMoreRarely() {
        List<Long> waits =
                Stream.generate(() -> backOff.ended(EARLY).toSeconds()).limit(9).toList();
        assertThat(waits).containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    }

    @Test
    void forgetsEarlyEndsOnceItIsWell() {
        backOff.ended(EARLY);
        backOff.ended(EARLY);
        backOff.well();
        assertThat(backOff.ended(EARLY)).isZero();
    }
}
