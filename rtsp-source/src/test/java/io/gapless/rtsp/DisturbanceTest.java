package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraId;
import org.junit.jupiter.api.Test;

class DisturbanceTest {
    private static final long SECOND = 1_000_000_000L;

    private final Disturbance disturbance = new Disturbance(new CameraId("gate"), 7);

    @Test
    void lastsUntilNothingWasMissingForAWhile() {
        assertThat(disturbance.observe(0, 7, 0)).isFalse();
        assertThat(disturbance.observe(0, 9, SECOND)).isTrue();
        assertThat(disturbance.observe(0, 9, 2 * SECOND)).isTrue();
        assertThat(disturbance.observe(0, 10, 20 * SECOND)).isTrue();
        assertThat(disturbance.observe(0, 10, 49 * SECOND)).isTrue();
        assertThat(disturbance.observe(0, 10, 50 * SECOND)).isFalse();
    }

    @Test
    void garbageDisturbsToo() {
        assertThat(disturbance.observe(12, 7, 0)).isTrue();
    }
}
