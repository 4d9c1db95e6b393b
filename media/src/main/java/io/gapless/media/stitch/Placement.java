package io.gapless.media.stitch;

import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the place of each offered fragment that the primary does not show already.
 *
 * <p>What may be the beginning of a group of pictures that the primary has whole, or a damaged part
 * of it, is left out unless the cuts around it tell that it is not: no frame may be shown twice.
 */
final class Placement {
    /** So many whole fragments of both, none of them in common: it encodes for each session. */
    private static final int WHOLE_ENOUGH = 4;

    private record Identity(RunId run, long sequence) {}

    private record Ends(int startCut, int endCut) {}

    private final PrimaryTimes primary;
    private final RunClocks clocks;
    private final Set<Identity> shown = new HashSet<>();
    private final Set<Ends> shownWhole = new HashSet<>();
    private final List<Placed> placed = new ArrayList<>();

    /** Whether the camera may send all its clients the same pictures. */
    private final boolean shared;

    Placement(List<Run> runs, List<ReplicaClocks.Group> groups, RunClocks clocks) {
        this.clocks = clocks;
        primary = new PrimaryTimes(runs);
        runs.forEach(this::know);
        List<Run> offered = groups.stream().flatMap(group -> group.runs().stream()).toList();
        shared = mayBeAlike(runs, offered);
        List<GroupTimes> times =
                groups.stream().map(g -> new GroupTimes(g, primary, shared)).toList();
        times.stream().filter(GroupTimes::anchored).forEach(this::place);
        placed.stream()
                .filter(p -> !p.header().damaged())
                .forEach(p -> primary.occupy(p.from(), p.to()));
        times.stream().filter(group -> !group.anchored()).forEach(this::place);
        placed.sort(Comparator.comparing(Placed::from));
    }

    /** Earlier fills share all with what they were taken from; that says nothing of the camera. */
    private static boolean mayBeAlike(List<Run> runs, List<Run> offered) {
        Set<Integer> cuts = new HashSet<>();
        Set<Digest> digests = new HashSet<>();
        long whole = 0;
        for (Run run : runs) {
            for (int i = 0; i < run.size(); i++) {
                if (run.fragment(i).origin() == Origin.PRIMARY) {
                    cuts.add(run.startCut(i));
                    cuts.add(run.endCut(i));
                    digests.add(run.fragment(i).digest());
                    whole += run.fragment(i).damaged() ? 0 : 1;
                }
            }
        }
        return Math.min(whole, Rarity.whole(offered)) < WHOLE_ENOUGH
                || offered.stream().anyMatch(run -> run.hasCutOf(cuts) || run.looksLike(digests));
    }

    /** In order of time. */
    List<Placed> placed() {
        return placed;
    }

    private void know(Run run) {
        for (int i = 0; i < run.size(); i++) {
            FragmentHeader fragment = run.fragment(i);
            shown.add(new Identity(fragment.run(), fragment.sequence()));
            if (!fragment.damaged()) {
                shownWhole.add(new Ends(run.startCut(i), run.endCut(i)));
            }
        }
    }

    private void place(GroupTimes group) {
        Optional<TimeMap> toPrimary =
                group.anchored() ? Optional.of(TimeMap.shift(0)) : byClock(group);
        toPrimary.ifPresent(map -> group.runs().forEach(run -> place(group, run, map)));
    }

    /** What nobody has in common with it does not lie where the others have something whole. */
    private Optional<TimeMap> byClock(GroupTimes group) {
        long shift = shift(group);
        LongSummaryStatistics cuts = new LongSummaryStatistics();
        for (Run run : group.runs()) {
            for (int i = 0; i < run.size(); i++) {
                if (run.closed(i)) {
                    cuts.accept(group.at(run.startCut(i)));
                    cuts.accept(group.at(run.endCut(i)));
                }
            }
        }
        return shared && cuts.getCount() > 0
                ? primary.intoRoom(cuts.getMin(), cuts.getMax(), shift)
                : Optional.of(TimeMap.shift(shift));
    }

    private void place(GroupTimes group, Run run, TimeMap toPrimary) {
        long reach = Long.MIN_VALUE;
        for (int i = run.size() - 1; i >= 0; i--) {
            long from = toPrimary.at(group.at(run.startCut(i)));
            long to = toPrimary.at(group.at(run.endCut(i)));
            FragmentHeader header = run.fragment(i);
            if (to - from < header.videoFrames()
                    || !isWanted(run, i)
                    || !isCertain(group, run, i, from)) {
                reach = Long.MIN_VALUE;
                continue;
            }
            boolean goesOn = run.follows(i + 1) && reach != Long.MIN_VALUE && !header.damaged();
            reach = goesOn ? reach : to;
            placed.add(
                    new Placed(
                            header,
                            group.anchored(),
                            primary.at(run.startCut(i)).isPresent(),
                            primary.startsAt(run.startCut(i)),
                            run.startCut(i),
                            run.endCut(i),
                            from,
                            to,
                            reach));
        }
    }

    private long shift(GroupTimes group) {
        Run run = group.runs().get(0);
        return run.start(0) + clocks.toPrimary(run) - group.at(run.startCut(0));
    }

    private boolean isWanted(Run run, int i) {
        FragmentHeader fragment = run.fragment(i);
        return !shown.contains(new Identity(fragment.run(), fragment.sequence()))
                && !shownWhole.contains(new Ends(run.startCut(i), run.endCut(i)));
    }

    private boolean isCertain(GroupTimes group, Run run, int i, long from) {
        int start = run.startCut(i);
        int end = run.endCut(i);
        if (run.fragment(i).damaged()) {
            return group.isBracketed(start, end) && group.isExact(start, end, run.frame(i) / 4);
        }
        return run.closed(i)
                || !shared
                || group.isBracketed(start, end)
                || (group.anchored() && primary.isFreeAfter(from));
    }
}
