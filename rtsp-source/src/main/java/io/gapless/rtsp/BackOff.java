package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before dialling a camera again: {@code first}, then twice as long each time, at
 * most {@code longest}; a random part of up to {@code jitter} of it is taken off, so that a
 * thousand cameras behind one failed switch do not all come back at once.
 *
 * @param first after the first failure; more than 0
 * @param longest at least {@code first}
 * @param refused if the camera refused the password: some cameras lock a user out who tries often
 * @param healthyAfter a session that recorded for so long makes the next failure a first one
 * @param jitter 0 to 1
 */
public record BackOff(
        Duration first, Duration longest, Duration refused, Duration healthyAfter, double jitter) {
    /**
     * 0.5 s to 5 s, 30 s if refused, healthy after a minute, jitter one half. The longest wait is
     * how late a camera comes back after its network has healed, and a dial that fails costs a
     * packet or two.
     */
    public static final BackOff DEFAULT =
            new BackOff(
                    Duration.ofMillis(500),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1),
                    0.5);

    public BackOff {
        requireNonNull(healthyAfter, "healthyAfter is null");
        requireNonNull(refused, "refused is null");
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("back-off from %s to %s".formatted(first, longest));
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter %s is not within 0 to 1".formatted(jitter));
        }
    }

    /**
     * @param failures in a row, at least 1
     */
    Duration delay(int failures, RandomGenerator random) {
        int doublings = Math.min(failures - 1, 30);
        double nanos = Math.scalb((double) first.toNanos(), doublings);
        return jittered(Math.min(nanos, (double) longest.toNanos()), random);
    }

    Duration refusedDelay(RandomGenerator random) {
        return jittered((double) refused.toNanos(), random);
    }

    private Duration jittered(double nanos, RandomGenerator random) {
        return Duration.ofNanos((long) (nanos * (1 - jitter * random.nextDouble())));
    }
}
