package io.gapless.media.stitch;

import io.gapless.media.stitch.ReplicaClocks.Group;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where the cuts of a group of offered runs lie on the primary's timeline: exact at the cuts that
 * both have, in proportion between two of them, beyond them as far off as at the nearest. But a
 * {@link Chain} never lies where the primary shows other whole fragments: it is moved or squeezed
 * beside them.
 */
final class GroupTimes {
    private final Group group;
    private final PrimaryTimes primary;

    /** By the group's clock: primary times of the cuts that both have. */
    private final TreeMap<Long, Long> known = new TreeMap<>();

    /**
     * Ticks beyond a frame that what the primary has not may be moved to lie beside what it has.
     */
    private final long mostMoved;

    GroupTimes(Group group, PrimaryTimes primary, boolean shared, long mostMoved) {
        this.group = group;
        this.primary = primary;
        this.mostMoved = mostMoved;
        if (shared) {
            group.times()
                    .forEach((cut, at) -> primary.anchorAt(cut).ifPresent(t -> known.put(at, t)));
            if (known.isEmpty()) {
                // What was placed by time before is gone on with where it was placed.
                group.times()
                        .forEach((cut, at) -> primary.at(cut).ifPresent(t -> known.put(at, t)));
            }
        }
    }

    List<Run> runs() {
        return group.runs();
    }

    boolean anchored() {
        return !known.isEmpty();
    }

    /** By the group's clock. */
    long time(int cut) {
        return group.times().get(cut);
    }

    /** By the cuts that both have. */
    TimeMap natural() {
        return new TimeMap(known);
    }

    /** Whether nothing whole of the primary is shown between the known cuts around the two. */
    boolean isBracketed(int startCut, int endCut) {
        return bracket(startCut, endCut)
                .filter(
                        b ->
                                primary.nextWhole(b.before().getValue())
                                        .map(next -> next >= b.after().getValue())
                                        .orElse(true))
                .isPresent();
    }

    /** Whether a fragment can be no part of what the primary has elsewhere. */
    boolean isFreeAround(Run run, int i, TimeMap natural) {
        return primary.isFreeAround(natural.at(time(run.startCut(i))), group.times().keySet());
    }

    /** Whether between the known cuts around the two both clocks run alike, to a few ticks. */
    boolean isExact(int startCut, int endCut, long tolerance) {
        return bracket(startCut, endCut).filter(b -> b.stretch() <= tolerance).isPresent();
    }

    /** By the group's clock, with primary times. */
    private record Bracket(Map.Entry<Long, Long> before, Map.Entry<Long, Long> after) {
        long stretch() {
            return Math.abs(
                    after.getValue() - before.getValue() - (after.getKey() - before.getKey()));
        }
    }

    private Optional<Bracket> bracket(int startCut, int endCut) {
        Map.Entry<Long, Long> before = known.floorEntry(time(startCut));
        Map.Entry<Long, Long> after = known.ceilingEntry(time(endCut));
        return before == null || after == null
                ? Optional.empty()
                : Optional.of(new Bracket(before, after));
    }

    /**
     * Whether what lies there can be no part of what the primary has damaged: it is between known
     * cuts of its chain, or far from anything damaged whose place in the group is not known.
     */
    boolean isApart(Chain chain, int startCut, int endCut, TimeMap places) {
        Long before = known.floorKey(time(startCut));
        Long after = known.ceilingKey(time(endCut));
        boolean between =
                before != null && before >= chain.from() && after != null && after <= chain.to();
        return between
                || primary.isClearOfDamaged(
                        places.at(time(startCut)),
                        places.at(time(endCut)),
                        anchored() ? group.times().keySet() : Set.of());
    }

    /** Whether any of its cuts is known. */
    boolean isKnown(Chain chain) {
        return !known.subMap(chain.from(), true, chain.to(), true).isEmpty();
    }

    /** The places of a chain's cuts; nothing if there is no room for it. */
    Optional<TimeMap> place(Chain chain, TimeMap natural) {
        return isKnown(chain)
                ? Optional.of(beside(chain, natural))
                : primary.room(chain, natural, mostMoved);
    }

    private TimeMap beside(Chain chain, TimeMap natural) {
        TreeMap<Long, Long> places =
                new TreeMap<>(known.subMap(chain.from(), true, chain.to(), true));
        long first = places.firstEntry().getValue();
        long last = places.lastEntry().getValue();
        long from = natural.at(chain.from());
        long to = natural.at(chain.to());
        places.putIfAbsent(
                chain.from(),
                primary.wholeBefore(first).map(end -> chain.after(end, from)).orElse(from));
        places.putIfAbsent(
                chain.to(),
                primary.nextWhole(last).map(start -> chain.before(start, to)).orElse(to));
        return new TimeMap(places);
    }

    /** The part of a chain that may be used: it is not moved farther than clocks may be off. */
    Chain trimmed(Chain chain, TimeMap natural) {
        if (!isKnown(chain)) {
            return chain;
        }
        long moved = mostMoved + chain.frameTicks90k();
        long first = known.ceilingKey(chain.from());
        long last = known.floorKey(chain.to());
        long room = known.get(first) - chain.frameTicks90k() / 2;
        long earliest =
                primary.wholeBefore(known.get(first))
                        .map(end -> end < room ? end - moved : Long.MAX_VALUE)
                        .orElse(Long.MIN_VALUE);
        long latest =
                primary.nextWhole(known.get(last))
                        .map(start -> start + moved)
                        .orElse(Long.MAX_VALUE);
        LongSummaryStatistics usable =
                group.times().values().stream()
                        .mapToLong(time -> time)
                        .filter(time -> chain.holds(time, time))
                        .filter(time -> time >= first || natural.at(time) >= earliest)
                        .filter(time -> time <= last || natural.at(time) <= latest)
                        .summaryStatistics();
        return new Chain(usable.getMin(), usable.getMax(), chain.frameTicks90k());
    }

    /** Whether the known cuts around the two are as far apart as both clocks can say. */
    boolean isPlausible(int startCut, int endCut) {
        return bracket(startCut, endCut)
                .map(b -> b.stretch() <= PrimaryTimes.JUMP_TICKS90K)
                .orElse(true);
    }
}
