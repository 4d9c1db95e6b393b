package io.gapless.rtsp;

import static io.gapless.rtsp.PacedSelect.PACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacedSelectTest {
    private static final int READY = 3;

    private final List<Long> waits = new ArrayList<>();
    private long nanos;
    private final PacedSelect pace = new PacedSelect(() -> nanos, this::pass);

    private void pass(long waitNanos) {
        waits.add(waitNanos);
        nanos += waitNanos;
    }

    private void look() throws Exception {
        assertThat(pace.calculateStrategy(() -> READY, false)).isEqualTo(SelectStrategy.SELECT);
    }

    @Test
    void looksOnceInAPaceHoweverMuchComes() throws Exception {
        for (int frame = 0; frame < 1000; frame++) {
            look();
            nanos += PACE.toNanos() / 20;
        }

        assertThat(nanos).isBetween(999 * PACE.toNanos(), 1000 * PACE.toNanos());
    }

    @Test
    void looksAtOnceWhenItHasNotLookedForLong() throws Exception {
        for (int frame = 0; frame < 3; frame++) {
            nanos += PACE.toNanos();
            look();
        }

        assertThat(waits).isEmpty();
    }

    @Test
    void tasksDoNotWait() throws Exception {
        look();

        assertThat(pace.calculateStrategy(() -> READY, true)).isEqualTo(READY);
        assertThat(waits).isEmpty();
    }

    @Test
    void datagramsDoNotWaitAndAfterThemThePaceIsKeptAgain() throws Exception {
        PacedSelect.datagramSocketOpened();
        look();
        look();
        assertThat(waits).isEmpty();

        PacedSelect.datagramSocketClosed();
        look();
        look();
        assertThat(waits).containsExactly(PACE.toNanos());
    }
}
