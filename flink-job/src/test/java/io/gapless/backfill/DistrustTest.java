package io.gapless.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.RunId;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DistrustTest {
    private static final FragmentIdentity FRAGMENT =
            new FragmentIdentity(new RunId(new UUID(1, 2)), 3);

    private Duration now = Duration.ZERO;
    private final Distrust distrust = new Distrust(() -> now.toNanos());

    @Test
    void whatWasNotGivenIsAskedForAgainEverMoreRarely() {
        Duration rest = Distrust.FIRST_REST;
        for (int lie = 0; lie < 12; lie++) {
            distrust.add("ring", FRAGMENT);
            now = now.plus(rest).minusNanos(1);
            assertThat(distrust.holds("ring", FRAGMENT)).isTrue();
            now = now.plusNanos(1);
            assertThat(distrust.holds("ring", FRAGMENT)).isFalse();
            Duration twice = rest.multipliedBy(2);
            rest = twice.compareTo(Distrust.LAST_REST) < 0 ? twice : Distrust.LAST_REST;
        }
    }

    @Test
    void anotherRingMayBeAsked() {
        distrust.add("ring", FRAGMENT);
        assertThat(distrust.holds("other", FRAGMENT)).isFalse();
    }
}
