package io.gapless.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The faults that a camera has at the moment, one of a kind. For any thread. */
final class ActiveFaults {
    private record Active(Fault fault, long untilNanos) {}

    private final Map<Class<?>, Active> active = new ConcurrentHashMap<>();
    private final CameraClock clock;

    ActiveFaults(CameraClock clock) {
        this.clock = clock;
    }

    void begin(Fault fault, Duration duration) {
        active.put(fault.getClass(), new Active(fault, clock.elapsedNanos() + duration.toNanos()));
    }

    void endAll() {
        active.clear();
    }

    boolean has(Class<? extends Fault> kind) {
        return current(kind).isPresent();
    }

    <F extends Fault> Optional<F> current(Class<F> kind) {
        Active found = active.get(kind);
        if (found == null) {
            return Optional.empty();
        }
        if (clock.elapsedNanos() >= found.untilNanos) {
            active.remove(kind, found);
            return Optional.empty();
        }
        return Optional.of(kind.cast(found.fault));
    }
}
