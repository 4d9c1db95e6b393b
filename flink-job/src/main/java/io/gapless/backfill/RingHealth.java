package io.gapless.backfill;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a ring is worth asking. After a failure it is left alone for a while that doubles with
 * each further one; one line says that it fails, another that it answers again. For any thread.
 */
final class RingHealth {
    private static final Logger LOG = LoggerFactory.getLogger(RingHealth.class);
    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration LAST_REST = Duration.ofSeconds(30);

    private final String ring;
    private final LongSupplier nanoTicker;
    private Optional<RingFault> state = Optional.empty();
    private int failures;
    private long restUntilNanos;
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
        if (!failure.fault().isOfRing()) {
            return;
        }
        if (!state.equals(Optional.of(failure.fault()))) {
            state = Optional.of(failure.fault());
            LOG.warn("Ring {} is {}: {}", ring, adjective(failure), failure.getMessage());
        }
        long rest = FIRST_REST.toNanos() << Math.min(failures, 20);
        failures++;
        restUntilNanos = nanoTicker.getAsLong() + Math.min(rest, LAST_REST.toNanos());
    }

    private static String adjective(RingFailure failure) {
        return switch (failure.fault()) {
            case UNREACHABLE -> "not reachable";
            case REFUSED -> "refusing us";
            case BUSY -> "busy";
            case GONE, LYING, NO_MEMORY -> throw new IllegalStateException(failure);
        };
    }

    synchronized boolean isFailing() {
        return failures > 0;
    }

    /** Failures so far, of fragments too. */
    synchronized long errors() {
        return errors;
    }
}
