package io.gapless.media.stitch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives offered runs that share cuts one clock, that of the longest of them: so several replicas
 * measure together how long a hole is, though none of them saw it all.
 */
final class ReplicaClocks {
    /** Runs on one clock, with the time of each of their cuts. */
    static final class Group {
        private final List<Run> runs = new ArrayList<>();
        private final Map<Integer, Long> times = new HashMap<>();

        List<Run> runs() {
            return runs;
        }

        /** By cut. */
        Map<Integer, Long> times() {
            return times;
        }

        private void add(Run run, TimeMap toGroup) {
            runs.add(run);
            for (int i = 0; i < run.size(); i++) {
                times.putIfAbsent(run.startCut(i), toGroup.at(run.start(i)));
                times.putIfAbsent(run.endCut(i), toGroup.at(run.end(i)));
            }
        }

        /** Time of the run and of the group at the cuts that both have. */
        private Map<Long, Long> shared(Run run) {
            Map<Long, Long> shared = new HashMap<>();
            for (int i = 0; i < run.size(); i++) {
                long end = run.end(i);
                long start = run.start(i);
                Optional.ofNullable(times.get(run.endCut(i)))
                        .ifPresent(time -> shared.put(end, time));
                Optional.ofNullable(times.get(run.startCut(i)))
                        .ifPresent(time -> shared.put(start, time));
            }
            return shared;
        }
    }

    private ReplicaClocks() {}

    static List<Group> of(List<Run> offered) {
        List<Run> rest = new ArrayList<>(offered);
        rest.sort(Comparator.comparing(Run::size).reversed());
        List<Group> groups = new ArrayList<>();
        while (!rest.isEmpty()) {
            Group group = new Group();
            group.add(rest.remove(0), TimeMap.shift(0));
            Optional<Run> next = connected(group, rest);
            while (next.isPresent()) {
                rest.remove(next.get());
                group.add(next.get(), new TimeMap(group.shared(next.get())));
                next = connected(group, rest);
            }
            groups.add(group);
        }
        return groups;
    }

    private static Optional<Run> connected(Group group, List<Run> rest) {
        return rest.stream()
                .filter(run -> !group.shared(run).isEmpty())
                .max(Comparator.comparing(run -> group.shared(run).size()));
    }
}
