package io.gapless.media.stitch;

import io.gapless.media.FragmentHeader;
import io.gapless.media.stitch.Alignment.Match;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lays all runs upon each other and joins the cuts that are then known to be the same moment. What
 * is surest comes first; what contradicts it is left out.
 */
final class CutMatching {
    private record Pair(Run a, Run b, List<Alignment> candidates) {
        boolean isSame() {
            return a.id().equals(b.id());
        }
    }

    private record Choice(Pair pair, Alignment alignment, Expectation expected) {
        static Comparator<Choice> surestFirst() {
            return Comparator.<Choice, Boolean>comparing(c -> !c.pair.isSame())
                    .thenComparing(c -> !c.expected.certain())
                    .thenComparing(c -> c.alignment.distinctive() == 0)
                    .thenComparing(c -> c.alignment.contradictions())
                    .thenComparing(c -> c.alignment.off(c.expected));
        }
    }

    /** Either clock may be off by 500 ppm. */
    private static final double DRIFT = 0.001;

    private final Cuts cuts;
    private final List<Run> primary;
    private final List<Run> offered;
    private final long window;
    private final Repetition repetition;
    private final RunClocks clocks;
    private final PrefixSearch prefixes;
    private final Set<Run> doubtful = new HashSet<>();

    CutMatching(
            Cuts cuts,
            List<Run> primary,
            List<Run> offered,
            long window,
            Repetition repetition,
            PrefixSearch prefixes) {
        this.cuts = cuts;
        this.primary = primary;
        this.offered = offered;
        this.window = window;
        this.prefixes = prefixes;
        this.repetition = repetition;
        this.clocks = new RunClocks(offered);
    }

    /** The clocks of all runs. */
    RunClocks join() throws IOException {
        List<Pair> open = new ArrayList<>();
        for (Run run : primary) {
            offered.forEach(offer -> open.add(pair(run, offer)));
        }
        for (int i = 0; i < offered.size(); i++) {
            for (int j = 0; j < i; j++) {
                open.add(pair(offered.get(i), offered.get(j)));
            }
        }
        settle(open);
        for (Pair pair : List.copyOf(open)) {
            joinBeginnings(pair);
        }
        settle(open);
        open.stream().filter(this::looksAlike).forEach(pair -> doubtful.add(pair.b));
        return clocks;
    }

    /** Offered runs of which something looks like something of the primary's that it is not. */
    Set<Run> doubtful() {
        return doubtful;
    }

    private boolean looksAlike(Pair pair) {
        return primary.contains(pair.a)
                && (!pair.candidates.isEmpty()
                        || (!repetition.isNever()
                                && PrefixSearch.isWorthWhile(
                                        pair.a, pair.b, expected(pair).shiftTicks90k(), window)));
    }

    private Pair pair(Run a, Run b) {
        return new Pair(a, b, new AlignmentSearch(a, b, window, repetition).all());
    }

    /** What is settled is no longer open. */
    private void settle(List<Pair> open) {
        Optional<Choice> next = next(open);
        while (next.isPresent()) {
            Pair pair = next.get().pair();
            open.remove(pair);
            connect(pair, next.get().alignment().shiftTicks90k());
            join(pair, next.get().alignment());
            next = next(open);
        }
    }

    private Optional<Choice> next(List<Pair> open) {
        return open.stream().flatMap(pair -> best(pair).stream()).min(Choice.surestFirst());
    }

    private Optional<Choice> best(Pair pair) {
        Expectation expected = expected(pair);
        return pair.candidates.stream()
                .filter(candidate -> pair.isSame() || candidate.plausible(expected))
                .min(Alignment.bestFirst(expected))
                .map(best -> new Choice(pair, best, expected));
    }

    private void connect(Pair pair, long shift) {
        if (primary.contains(pair.a)) {
            clocks.connectPrimary(pair.a, pair.b, shift);
        } else {
            clocks.connect(pair.a, pair.b, shift);
        }
    }

    private Expectation expected(Pair pair) {
        OptionalLong known = clocks.shift(pair.a, pair.b);
        if (known.isPresent()) {
            return new Expectation(known.getAsLong(), true, tolerance(pair));
        }
        long shiftOfA = primary.contains(pair.a) ? 0 : clocks.toPrimary(pair.a);
        return new Expectation(clocks.toPrimary(pair.b) - shiftOfA, false, 0);
    }

    private long tolerance(Pair pair) {
        long from = Math.min(pair.a.start(0), pair.b.start(0));
        long to = Math.max(pair.a.end(pair.a.size() - 1), pair.b.end(pair.b.size() - 1));
        return shortestFrame(pair) + Math.round(DRIFT * (to - from));
    }

    /** Either may have a fragment cut short by its end, or by a loss, which the other has whole. */
    private void joinBeginnings(Pair pair) throws IOException {
        Expectation expected = expected(pair);
        long shift = expected.shiftTicks90k();
        Optional<Match> match = beginning(pair.a, pair.b, shift, expected);
        if (match.isEmpty() && !primary.contains(pair.a)) {
            match =
                    beginning(pair.b, pair.a, -shift, expected)
                            .map(m -> new Match(/* first= */ m.second(), /* second= */ m.first()));
        }
        if (match.isPresent()) {
            int i = match.get().first();
            int j = match.get().second();
            connect(pair, pair.a.start(i) - pair.b.start(j));
            cuts.join(pair.a.startCut(i), pair.b.startCut(j));
            joinNear(pair, new TimeMap(Map.of(pair.b.start(j), pair.a.start(i))));
        }
    }

    private Optional<Match> beginning(Run part, Run whole, long shift, Expectation expected)
            throws IOException {
        if (expected.certain()) {
            return prefixes.search(part, whole, shift, (i, j) -> expected.withinTicks90k());
        }
        if (!PrefixSearch.isWorthWhile(part, whole, shift, window)) {
            return Optional.empty();
        }
        boolean distinctive = repetition.askWhetherBeginningIsDistinctive();
        return prefixes.search(
                part,
                whole,
                shift,
                distinctive
                        ? (i, j) -> window
                        : (i, j) ->
                                Math.min(part.fragment(i).durationTicks90k(), whole.groupTicks(j))
                                        / 2);
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
