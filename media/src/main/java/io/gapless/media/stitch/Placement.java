package io.gapless.media.stitch;

import io.gapless.media.FragmentHeader;
import io.gapless.media.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds the place of each offered fragment that the primary does not show already. */
final class Placement {
    private record Identity(RunId run, long sequence) {}

    private record Ends(int startCut, int endCut) {}

    private final Map<Integer, Long> primaryTimes = new HashMap<>();
    private final Set<Integer> primaryStarts = new HashSet<>();
    private final Set<Identity> shown = new HashSet<>();
    private final Set<Ends> shownWhole = new HashSet<>();
    private final TreeMap<Long, Long> knownShifts = new TreeMap<>();
    private final List<Placed> placed = new ArrayList<>();

    Placement(List<Run> primary, List<ReplicaClocks.Group> groups) {
        primary.forEach(this::know);
        primary.forEach(this::knowEnds);
        List<TimeMap> maps = groups.stream().map(this::map).toList();
        for (int i = 0; i < groups.size(); i++) {
            place(i, groups.get(i), maps.get(i));
        }
        placed.sort(Comparator.comparing(Placed::from));
    }

    /** In order of time. */
    List<Placed> placed() {
        return placed;
    }

    private void know(Run run) {
        for (int i = 0; i < run.size(); i++) {
            FragmentHeader fragment = run.fragment(i);
            primaryTimes.putIfAbsent(run.startCut(i), run.start(i));
            primaryStarts.add(run.startCut(i));
            shown.add(new Identity(fragment.run(), fragment.sequence()));
            if (!fragment.damaged()) {
                shownWhole.add(new Ends(run.startCut(i), run.endCut(i)));
            }
        }
    }

    private void knowEnds(Run run) {
        for (int i = 0; i < run.size(); i++) {
            primaryTimes.putIfAbsent(run.endCut(i), run.end(i));
        }
    }

    private TimeMap map(ReplicaClocks.Group group) {
        TreeMap<Long, Long> known = new TreeMap<>();
        group.times()
                .forEach(
                        (cut, time) -> {
                            if (primaryTimes.containsKey(cut)) {
                                known.put(time, primaryTimes.get(cut));
                            }
                        });
        known.forEach((time, primary) -> knownShifts.put(time, primary - time));
        return new TimeMap(known);
    }

    private void place(int number, ReplicaClocks.Group group, TimeMap known) {
        boolean anchored = !known.isEmpty();
        TimeMap map = anchored ? known : TimeMap.shift(nearestShift(group));
        for (Run run : group.runs()) {
            long reach = Long.MIN_VALUE;
            for (int i = run.size() - 1; i >= 0; i--) {
                long from = map.at(group.times().get(run.startCut(i)));
                long to = map.at(group.times().get(run.endCut(i)));
                FragmentHeader header = run.fragment(i);
                boolean wanted = isWanted(run, i) && to - from >= header.videoFrames();
                boolean goesOn = wanted && run.follows(i + 1) && reach != Long.MIN_VALUE;
                reach = !wanted || header.damaged() ? Long.MIN_VALUE : goesOn ? reach : to;
                if (wanted) {
                    placed.add(
                            new Placed(
                                    header,
                                    number,
                                    anchored,
                                    primaryStarts.contains(run.startCut(i)),
                                    run.startCut(i),
                                    run.endCut(i),
                                    from,
                                    to,
                                    Math.max(reach, to)));
                }
            }
        }
    }

    /** Clocks of replicas are probably off alike. */
    private long nearestShift(ReplicaClocks.Group group) {
        if (knownShifts.isEmpty()) {
            return 0;
        }
        long start = group.runs().get(0).start(0);
        Map.Entry<Long, Long> before = knownShifts.floorEntry(start);
        Map.Entry<Long, Long> after = knownShifts.ceilingEntry(start);
        return (before == null ? after : before).getValue();
    }

    private boolean isWanted(Run run, int i) {
        FragmentHeader fragment = run.fragment(i);
        return !shown.contains(new Identity(fragment.run(), fragment.sequence()))
                && !shownWhole.contains(new Ends(run.startCut(i), run.endCut(i)));
    }
}
