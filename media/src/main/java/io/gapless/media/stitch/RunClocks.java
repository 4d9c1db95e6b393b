package io.gapless.media.stitch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How far apart the clocks of runs are that were laid upon each other, directly or by way of
 * others. A run's own clock goes on unbroken, so however one gets from one run to the other, it
 * comes out the same.
 */
final class RunClocks {
    private record Link(Run to, long shift) {}

    private final List<Run> offered;
    private final Map<Run, Link> links = new HashMap<>();

    /** Primary time minus the run's own, of offered runs that share video with the primary. */
    private final Map<Run, Long> measured = new HashMap<>();

    RunClocks(List<Run> offered) {
        this.offered = offered;
    }

    /** Time in {@code a} minus time in {@code b}, in ticks; nothing if they are not connected. */
    OptionalLong shift(Run a, Run b) {
        Link one = root(a);
        Link other = root(b);
        return one.to() == other.to()
                ? OptionalLong.of(other.shift() - one.shift())
                : OptionalLong.empty();
    }

    /** Nothing happens if they are connected already. */
    void connect(Run a, Run b, long shift) {
        Link one = root(a);
        Link other = root(b);
        if (one.to() != other.to()) {
            links.put(other.to(), new Link(one.to(), one.shift() + shift - other.shift()));
        }
    }

    /** As the other, for one of the primary's runs. */
    void connectPrimary(Run primary, Run run, long shift) {
        connect(primary, run, shift);
        measured.putIfAbsent(run, shift);
    }

    /** Whether any run shares video with the primary. */
    boolean anyMeasured() {
        return !measured.isEmpty();
    }

    /**
     * What to add to the time of an offered run for the primary's: as measured for it; else for the
     * nearest run of the same replica, whose sessions are probably off alike; else for the nearest
     * of any.
     */
    long toPrimary(Run run) {
        return toPrimary(run, true).orElseGet(() -> toPrimary(run, false).orElse(0));
    }

    /** Whether a run of the same replica shares video with the primary. */
    boolean isMeasured(Run run) {
        return toPrimary(run, true).isPresent();
    }

    private OptionalLong toPrimary(Run run, boolean ofOneReplica) {
        long best = Long.MAX_VALUE;
        OptionalLong shift = OptionalLong.empty();
        for (Run alike : offered) {
            OptionalLong between = shift(run, alike);
            for (Map.Entry<Run, Long> known : measured.entrySet()) {
                boolean same = known.getKey().replica().equals(alike.replica());
                long distance = distance(known.getKey(), alike);
                if (between.isPresent() && same == ofOneReplica && distance < best) {
                    best = distance;
                    shift = OptionalLong.of(known.getValue() - between.getAsLong());
                }
            }
        }
        return shift;
    }

    private static long distance(Run one, Run other) {
        return one == other
                ? -1
                : Math.max(
                        one.start(0) - other.end(other.size() - 1),
                        other.start(0) - one.end(one.size() - 1));
    }

    /** With the root's time minus the run's. */
    private Link root(Run run) {
        long shift = 0;
        Run at = run;
        for (Link next = links.get(at); next != null; next = links.get(at)) {
            shift += next.shift();
            at = next.to();
        }
        return new Link(at, shift);
    }
}
