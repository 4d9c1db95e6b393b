package io.gapless.system.fire;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * A play of faults.
 *
 * @param name of its file
 * @param title one line
 * @param steps in order of time
 * @param ends when the last of its time has passed; then all must become whole
 * @param seed of what is random in it, if anything is
 */
record Scenario(
        String name,
        String title,
        SiteSpec site,
        List<Step> steps,
        Duration ends,
        Demands demands,
        long seed) {
    Scenario {
        steps = steps.stream().sorted(Comparator.comparing(Step::at)).toList();
    }

    Scenario on(SiteSpec other) {
        return new Scenario(name, title, other, steps, ends, demands, seed);
    }

    /** Whether it needs what only a privileged process on Linux may do. */
    boolean needsRoot() {
        return site.namespace() || site.diskMegabytes() > 0;
    }
}
