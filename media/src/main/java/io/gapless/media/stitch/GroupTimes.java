package io.gapless.media.stitch;

import io.gapless.media.stitch.ReplicaClocks.Group;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the cuts of a group of offered runs lie on the primary's timeline: as known from the cuts
 * that both have, else in proportion, but never in the primary's own whole fragments.
 */
final class GroupTimes {
    private final Group group;
    private final PrimaryTimes primary;

    /** By the group's clock: primary times of the cuts that both have. */
    private final TreeMap<Long, Long> known = new TreeMap<>();

    /** Where what goes on unbroken must end and begin at the latest and earliest: primary times. */
    private final TreeMap<Long, Long> ends = new TreeMap<>();

    private final TreeMap<Long, Long> starts = new TreeMap<>();
    private final TimeMap map;

    /**
     * @param alike whether what both have in common tells where the group lies
     */
    GroupTimes(Group group, PrimaryTimes primary, boolean alike) {
        this.group = group;
        this.primary = primary;
        if (alike) {
            group.times()
                    .forEach((cut, at) -> primary.anchorAt(cut).ifPresent(t -> known.put(at, t)));
        }
        this.map = known.isEmpty() ? TimeMap.shift(0) : confined();
    }

    List<Run> runs() {
        return group.runs();
    }

    boolean anchored() {
        return !known.isEmpty();
    }

    long at(int cut) {
        return map.at(group.times().get(cut));
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
        Map.Entry<Long, Long> before = known.floorEntry(group.times().get(startCut));
        Map.Entry<Long, Long> after = known.ceilingEntry(group.times().get(endCut));
        return before == null || after == null
                ? Optional.empty()
                : Optional.of(new Bracket(before, after));
    }

    /**
     * What goes on unbroken from a known cut ends before the next whole fragment of the primary, if
     * that is not in it; and likewise backwards. The clock of the primary's next session may say
     * otherwise; then the fragments are squeezed.
     */
    private TimeMap confined() {
        TimeMap natural = new TimeMap(known);
        TreeMap<Long, Long> pinned = new TreeMap<>(known);
        for (Run run : group.runs()) {
            for (int i = 0; i < run.size(); ) {
                int end = i;
                while (end < run.size() && (end == i || run.follows(end)) && isWhole(run, end)) {
                    end++;
                }
                if (end > i) {
                    confine(run, i, end - 1, natural);
                }
                i = Math.max(end, i + 1);
            }
        }
        ends.forEach((limit, time) -> pinned.putIfAbsent(time, limit));
        starts.forEach((limit, time) -> pinned.putIfAbsent(time, limit));
        return new TimeMap(pinned);
    }

    private boolean isWhole(Run run, int i) {
        return run.closed(i)
                || (!run.fragment(i).damaged() && primary.at(run.endCut(i)).isPresent());
    }

    private void confine(Run run, int first, int last, TimeMap natural) {
        long from = group.times().get(run.startCut(first));
        long to = group.times().get(run.endCut(last));
        long frame = run.frame(last);
        Optional.ofNullable(known.floorEntry(to))
                .filter(anchor -> anchor.getKey() >= from && anchor.getKey() < to)
                .flatMap(anchor -> primary.nextWhole(anchor.getValue()))
                .map(next -> next - frame)
                .filter(limit -> natural.at(to) > limit)
                .ifPresent(limit -> ends.merge(limit, to, Math::max));
        Optional.ofNullable(known.ceilingEntry(from))
                .filter(anchor -> anchor.getKey() <= to && anchor.getKey() > from)
                .flatMap(anchor -> primary.wholeBefore(anchor.getValue()))
                .map(before -> before + frame)
                .filter(limit -> natural.at(from) < limit)
                .ifPresent(limit -> starts.merge(limit, from, Math::min));
    }
}
