package io.gapless.media.stitch;

import io.gapless.media.FragmentHeader;
import io.gapless.media.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Finds the place of each offered fragment that the primary does not show already.
 *
 * <p>What may be the beginning of a group of pictures that the primary has whole, or a damaged part
 * of it, is left out unless the cuts around it tell that it is not: no frame may be shown twice.
 */
final class Placement {
    private record Identity(RunId run, long sequence) {}

    private record Ends(int startCut, int endCut) {}

    /**
     * What may be the same as something that is shown, as nothing tells that it is not.
     *
     * @param runs that may not be placed by clock
     * @param fragments that may not be placed at all
     */
    record Doubt(Set<Run> runs, Set<FragmentHeader> fragments) {
        static final Doubt NONE = new Doubt(Set.of(), Set.of());
    }

    private final PrimaryTimes primary;
    private final RunClocks clocks;
    private final Sharing sharing;
    private final Set<FragmentHeader> lookalikes;
    private final Set<Identity> shown = new HashSet<>();
    private final Set<Ends> shownWhole = new HashSet<>();
    private final List<Placed> placed = new ArrayList<>();

    /**
     * @param doubt what may be the same as something that is shown
     * @param mostMoved ticks beyond a frame that what the primary has not may be moved to lie
     *     beside what it has
     */
    Placement(
            List<Run> runs,
            List<ReplicaClocks.Group> groups,
            RunClocks clocks,
            Sharing sharing,
            Doubt doubt,
            long mostMoved) {
        this.sharing = sharing;
        this.clocks = clocks;
        this.lookalikes = doubt.fragments;
        primary = new PrimaryTimes(runs);
        runs.forEach(this::know);
        List<GroupTimes> times =
                groups.stream()
                        .map(g -> new GroupTimes(g, primary, sharing == Sharing.SHARED, mostMoved))
                        .toList();
        times.stream().filter(GroupTimes::anchored).forEach(this::place);
        times.stream()
                .filter(group -> !group.anchored())
                .filter(group -> group.runs().stream().noneMatch(doubt.runs::contains))
                .forEach(this::place);
        placed.sort(Comparator.comparing(Placed::from));
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
        TimeMap natural = group.anchored() ? group.natural() : TimeMap.shift(shift(group));
        if (sharing == Sharing.PER_SESSION) {
            group.runs().forEach(run -> place(group, run, natural, i -> true));
            return;
        }
        List<Chain> chains = Chain.of(group, (run, i) -> isCertain(group, run, i, natural));
        chains.stream().filter(group::isKnown).forEach(c -> place(group, c, natural));
        chains.stream().filter(c -> !group.isKnown(c)).forEach(c -> place(group, c, natural));
        for (Run run : group.runs()) {
            place(group, run, natural, i -> isExactlyPlacedDamaged(group, run, i));
        }
    }

    private void place(GroupTimes group, Chain all, TimeMap natural) {
        Chain chain = group.trimmed(all, natural);
        Optional<TimeMap> found = group.place(chain, natural);
        if (found.isPresent()) {
            TimeMap places = found.get();
            Chain.Which belongs =
                    (run, i) ->
                            chain.holds(group.time(run.startCut(i)), group.time(run.endCut(i)))
                                    && isCertain(group, run, i, natural)
                                    && group.isPlausible(run.startCut(i), run.endCut(i))
                                    && group.isApart(chain, run.startCut(i), run.endCut(i), places);
            List<Chain> used = Chain.of(group, belongs);
            for (Run run : group.runs()) {
                place(group, run, places, i -> belongs.test(run, i));
            }
            used.forEach(c -> primary.occupy(places.at(c.from()), places.at(c.to())));
        }
    }

    private void place(GroupTimes group, Run run, TimeMap places, IntPredicate which) {
        long reach = Long.MIN_VALUE;
        for (int i = run.size() - 1; i >= 0; i--) {
            long from = places.at(group.time(run.startCut(i)));
            long to = places.at(group.time(run.endCut(i)));
            FragmentHeader header = run.fragment(i);
            if (to - from < header.videoFrames() || !isWanted(run, i) || !which.test(i)) {
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
        return run.start(0) + clocks.toPrimary(run) - group.time(run.startCut(0));
    }

    private boolean isWanted(Run run, int i) {
        FragmentHeader fragment = run.fragment(i);
        return !shown.contains(new Identity(fragment.run(), fragment.sequence()))
                && !shownWhole.contains(new Ends(run.startCut(i), run.endCut(i)));
    }

    /**
     * Whether it is whole, and not the beginning of what the primary has, as a run's last may be.
     */
    private boolean isCertain(GroupTimes group, Run run, int i, TimeMap natural) {
        return !run.fragment(i).damaged()
                && !lookalikes.contains(run.fragment(i))
                && (run.closed(i)
                        || primary.at(run.endCut(i)).isPresent()
                        || group.isBracketed(run.startCut(i), run.endCut(i))
                        || ((group.anchored() || clocks.isMeasured(run))
                                && group.isFreeAround(run, i, natural)));
    }

    private static boolean isExactlyPlacedDamaged(GroupTimes group, Run run, int i) {
        return run.fragment(i).damaged()
                && group.isBracketed(run.startCut(i), run.endCut(i))
                && group.isExact(run.startCut(i), run.endCut(i), run.frame(i) / 4);
    }
}
