package io.gapless.ring.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final AtomicLong now = new AtomicLong(-5); // a ticker may be negative
    private final Patience patience =
            new Patience(
                    new RingClientOptions(
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(10),
                            1000,
                            Duration.ofSeconds(30),
                            1,
                            1,
                            1,
                            0),
                    now::get);

    private void pass(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private long seconds() {
        return Duration.ofNanos(patience.nextBytesNanos()).toSeconds();
    }

    @Test
    void tooFewBytesInTimeAreTooSlow() {
        patience.bodyBegins();
        pass(9);
        patience.received(999);
        assertThat(seconds()).isEqualTo(1);
        patience.received(1);
        assertThat(seconds()).isEqualTo(10);
        pass(10);
        assertThat(seconds()).isZero();
    }

    @Test
    void timeOfOthersDoesNotCount() {
        patience.bodyBegins();
        pass(20);
        patience.forgive(Duration.ofSeconds(20).toNanos());
        assertThat(seconds()).isEqualTo(10);
        assertThat(patience.left()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void theWholeHasAnEndHoweverFastItIs() {
        patience.bodyBegins();
        for (int i = 0; i < 5; i++) {
            pass(5);
            patience.received(5000);
        }
        assertThat(seconds()).isEqualTo(5);
        pass(6);
        assertThat(patience.left()).isNegative();
    }
}
