package io.gapless.system.backfill;

import io.gapless.system.nvr.Eventually;
import io.gapless.system.nvr.Signals;
import io.gapless.system.site.RecordingSite;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Kills processes of a site and keeps them dead for as long as it likes.
 *
 * <p>{@code nvr up} starts again at once what dies, and it has no switch to be told otherwise. So
 * for as long as a process is to be dead, {@code nvr up} itself is frozen with {@code SIGSTOP}: the
 * others record on, which do not need it. Where one of several dead is to rise, {@code nvr up} is
 * woken until it has started them all, and those that are to stay dead are killed again before they
 * get to record anything: a JVM takes seconds for that.
 */
final class Outages {
    private static final Duration RESTART_LIMIT = Duration.ofMinutes(1);

    private final RecordingSite site;
    private final Map<String, Long> dead = new HashMap<>();

    Outages(RecordingSite site) {
        this.site = site;
    }

    /** {@code kill -9}; {@code nvr up} starts it again. */
    Instant kill(String role) throws IOException {
        site.kill(role);
        return Instant.now();
    }

    /** As {@link #kill}; a process that is dead just now stays so. */
    void killIfAlive(String role) throws IOException {
        ProcessHandle.of(site.pid(role)).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** {@code kill -9} for good, or until {@link #raise}. */
    Instant takeDown(String role) throws Exception {
        Signals.freeze(site.upPid());
        dead.put(role, site.pid(role));
        return kill(role);
    }

    /** Lets a dead process be started again, and returns once it has been. */
    void raise(String role) throws Exception {
        Map<String, Long> others = new HashMap<>(dead);
        others.remove(role);
        Signals.thaw(site.upPid());
        Eventually.holds(dead.keySet() + " start again", RESTART_LIMIT, this::haveAllRisen);
        dead.clear();
        for (String other : others.keySet()) {
            takeDown(other);
        }
    }

    /** Lets all that are dead be started again. */
    void raiseAll() throws Exception {
        Signals.thaw(site.upPid());
        Eventually.holds(dead.keySet() + " start again", RESTART_LIMIT, this::haveAllRisen);
        dead.clear();
    }

    private boolean haveAllRisen() throws IOException {
        for (Map.Entry<String, Long> entry : dead.entrySet()) {
            if (site.pid(entry.getKey()) == entry.getValue()) {
                return false;
            }
        }
        return true;
    }
}
