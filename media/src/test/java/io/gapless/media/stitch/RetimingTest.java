package io.gapless.media.stitch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetimingTest {
    @Test
    void durationsStayPositiveAndSumToThePlacedDuration() {
        long[] times = Retiming.newTimes(new long[] {0, 3600, 7200, 10_800}, 14_400, 5);

        assertThat(times).isSorted().doesNotHaveDuplicates().startsWith(0);
        assertThat(times[3]).isLessThan(5);
    }

    @Test
    void presentationTimesScaleLinearly() {
        long[] times = Retiming.newTimes(new long[] {0, 3600, 7200}, 10_800, 21_600);

        assertThat(Arrays.stream(times).boxed().toList()).isEqualTo(List.of(0L, 7200L, 14_400L));
    }
}
