package io.gapless.backfill;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a ring is worth asking. After a failure it is left alone for a while that doubles with
 * each further one; one line says that it fails and why, another that it answers again. A fragment
 * that is not what was listed is no reason to leave the ring alone; one line says so, and the next
 * only when there was none for a while. For any thread.
 */
final class RingHealth {
    private static final Logger LOG = LoggerFactory.getLogger(RingHealth.class);
    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration LAST_REST = Duration.ofSeconds(30);

    /** So long without a wrong fragment, and the next one is news again. */
    static final Duration HONEST_FOR = Duration.ofMinutes(15);

    private final String ring;
    private final LongSupplier nanoTicker;
    private Optional<RingFault> state = Optional.empty();
    private int failures;
    private long restUntilNanos;
    private Optional<Long> liedNanos = Optional.empty();
    private long errors;

    RingHealth(String ring, LongSupplier nanoTicker) {
        this.ring = ring;
        this.nanoTicker = nanoTicker;
    }

    synchronized boolean mayBeAsked() {
        return failures == 0 || nanoTicker.getAsLong() - restUntilNanos >= 0;
    }

    /**
     * @return whether it failed before
     */
    synchronized boolean answered() {
        boolean back = failures > 0;
        if (back) {
            LOG.info("Ring {} answers again after {} failures", ring, failures);
        }
        failures = 0;
        state = Optional.empty();
        return back;
    }

    synchronized void failed(RingFailure failure) {
        errors++;
        if (failure.fault().isOfRing()) {
            leaveAlone(failure);
        } else if (failure.fault() == RingFault.LYING) {
            lied(failure);
        }
    }

    private void leaveAlone(RingFailure failure) {
        if (!state.equals(Optional.of(failure.fault()))) {
            state = Optional.of(failure.fault());
            LOG.warn("Ring {} is {}: {}", ring, failure.fault().words(), failure.getMessage());
        }
        long rest = FIRST_REST.toNanos() << Math.min(failures, 20);
        failures++;
        restUntilNanos = nanoTicker.getAsLong() + Math.min(rest, LAST_REST.toNanos());
    }

    private void lied(RingFailure failure) {
        long now = nanoTicker.getAsLong();
        if (liedNanos.map(at -> now - at > HONEST_FOR.toNanos()).orElse(true)) {
            LOG.warn(
                    "Ring {} is {}, which is thrown away; further ones are counted: {}",
                    ring,
                    failure.fault().words(),
                    failure.getMessage());
        }
        liedNanos = Optional.of(now);
    }

    synchronized boolean isFailing() {
        return failures > 0;
    }

    /** Failures so far, of fragments too. */
    synchronized long errors() {
        return errors;
    }
}
