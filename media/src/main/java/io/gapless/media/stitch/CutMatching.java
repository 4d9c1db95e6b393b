package io.gapless.media.stitch;

import io.gapless.media.FragmentHeader;
import io.gapless.media.stitch.Alignment.Match;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Lays all runs upon each other and joins the cuts that are then known to be the same moment. */
final class CutMatching {
    private record Pair(Run a, Run b, List<Alignment> candidates) {
        boolean isSame() {
            return a.id().equals(b.id());
        }
    }

    private final Cuts cuts;
    private final List<Run> primary;
    private final List<Run> offered;
    private final long window;
    private final Rarity rarity;

    /** Primary time minus the run's own, on average. */
    private final Map<Run, Long> shifts = new HashMap<>();

    CutMatching(Cuts cuts, List<Run> primary, List<Run> offered, long window) {
        this.cuts = cuts;
        this.primary = primary;
        this.offered = offered;
        this.window = window;
        this.rarity = new Rarity(primary, offered);
    }

    void join(PrefixSearch prefixes) throws IOException {
        List<Pair> toPrimary = new ArrayList<>();
        for (Run run : primary) {
            offered.forEach(offer -> toPrimary.add(pair(run, offer)));
        }
        List<Pair> unsettled = new ArrayList<>();
        for (Pair pair : toPrimary) {
            Optional<Alignment> best = best(pair);
            if (best.isPresent() && (pair.isSame() || best.get().distinctive() > 0)) {
                settle(pair, best.get());
            } else {
                unsettled.add(pair);
            }
        }
        for (Pair pair : unsettled) {
            best(pair).ifPresent(best -> settle(pair, best));
        }
        for (Pair pair : toPrimary) {
            if (best(pair).isEmpty()) {
                joinBeginnings(pair, prefixes);
            }
        }
        joinOffered();
    }

    private void joinBeginnings(Pair pair, PrefixSearch prefixes) throws IOException {
        long within = Math.min(window, rarity.spacingOfBeginningsTicks90k() / 2);
        long shift = nearestShift(pair.b);
        boolean shared = !shifts.isEmpty();
        for (Match match : prefixes.search(pair.a, pair.b, shift, within, shared)) {
            int i = match.first();
            int j = match.second();
            cuts.join(pair.a.startCut(i), pair.b.startCut(j));
            joinNear(pair, new TimeMap(Map.of(pair.b.start(j), pair.a.start(i))));
        }
    }

    /** Clocks of replicas are probably off alike. */
    private long nearestShift(Run run) {
        return shifts.entrySet().stream()
                .min(Comparator.comparing(e -> distance(e.getKey(), run)))
                .map(Map.Entry::getValue)
                .orElse(0L);
    }

    private static long distance(Run one, Run other) {
        long between =
                Math.max(
                        one.start(0) - other.end(other.size() - 1),
                        other.start(0) - one.end(one.size() - 1));
        return one == other ? -1 : Math.max(0, between);
    }

    private void joinOffered() {
        for (int i = 0; i < offered.size(); i++) {
            for (int j = 0; j < i; j++) {
                Pair pair = pair(offered.get(i), offered.get(j));
                best(pair).ifPresent(best -> join(pair, best));
            }
        }
    }

    private Pair pair(Run a, Run b) {
        return new Pair(a, b, new AlignmentSearch(a, b, window, rarity).all());
    }

    private Optional<Alignment> best(Pair pair) {
        long expected = shifts.getOrDefault(pair.b, 0L) - shifts.getOrDefault(pair.a, 0L);
        return pair.candidates.stream()
                .filter(candidate -> candidate.plausible(expected) || pair.isSame())
                .min(Alignment.bestFirst(expected));
    }

    private void settle(Pair pair, Alignment alignment) {
        shifts.putIfAbsent(pair.b, alignment.shiftTicks90k());
        join(pair, alignment);
    }

    private void join(Pair pair, Alignment alignment) {
        TreeMap<Long, Long> known = new TreeMap<>();
        for (Match match : alignment.matches()) {
            int i = match.first();
            int j = match.second();
            cuts.join(pair.a.startCut(i), pair.b.startCut(j));
            cuts.join(pair.a.endCut(i), pair.b.endCut(j));
            known.put(pair.b.start(j), pair.a.start(i));
            known.put(pair.b.end(j), pair.a.end(i));
        }
        joinNear(pair, new TimeMap(known));
    }

    /** Cuts that lie closer than half a frame are one, whoever lacks the pictures beside them. */
    private void joinNear(Pair pair, TimeMap toA) {
        NavigableMap<Long, Integer> ofA = clean(pair.a);
        clean(pair.b)
                .forEach(
                        (time, cut) -> {
                            long at = toA.at(time);
                            long within = shortestFrame(pair) / 2 - 1;
                            ofA.subMap(at - within, true, at + within, true).values().stream()
                                    .findFirst()
                                    .ifPresent(other -> cuts.join(cut, other));
                        });
    }

    private static long shortestFrame(Pair pair) {
        return Math.min(shortestFrame(pair.a), shortestFrame(pair.b));
    }

    private static long shortestFrame(Run run) {
        return run.fragments().stream().mapToLong(Run::frame).min().orElse(1);
    }

    /** Where the stream was cut, not a loss. */
    private static NavigableMap<Long, Integer> clean(Run run) {
        NavigableMap<Long, Integer> clean = new TreeMap<>();
        for (int i = 0; i < run.size(); i++) {
            FragmentHeader fragment = run.fragment(i);
            if (!fragment.damaged()) {
                clean.put(run.end(i), run.endCut(i));
            }
            if (!fragment.damaged() || fragment.startsWithKeyFrame()) {
                clean.put(run.start(i), run.startCut(i));
            }
        }
        return clean;
    }
}
