package io.gapless.media.stitch;

import io.gapless.media.FragmentHeader;
import io.gapless.media.stitch.Alignment.Match;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lays all runs upon each other and joins the cuts that are then known to be the same moment. What
 * is surest comes first; what contradicts it is left out.
 */
final class CutMatching {
    /**
     * @param beginnings positions in {@code b} of what may begin like something of {@code a}
     */
    private record Pair(Run a, Run b, List<Alignment> candidates, Set<Integer> beginnings) {
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
    private final Set<FragmentHeader> lookalikes = new HashSet<>();

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
        if (repetition.isBeginningDistinctive()) {
            open.replaceAll(this::again);
        }
        settle(open);
        open.stream().filter(this::looksAlike).forEach(pair -> doubtful.add(pair.b));
        addTheirReplicas();
        open.stream().filter(this::isStrange).forEach(this::addLookalikes);
        return clocks;
    }

    /** Nobody knows how far off a replica's clock is if its videos may be alike or not. */
    private void addTheirReplicas() {
        Set<String> replicas = doubtful.stream().map(Run::replica).collect(Collectors.toSet());
        offered.stream()
                .filter(run -> replicas.contains(run.replica()) && !clocks.isMeasured(run))
                .forEach(doubtful::add);
    }

    private boolean isStrange(Pair pair) {
        return primary.contains(pair.a) && clocks.shift(pair.a, pair.b).isEmpty();
    }

    private void addLookalikes(Pair pair) {
        if (!repetition.isSeen()) {
            pair.candidates.stream()
                    .flatMap(candidate -> candidate.matches().stream())
                    .forEach(match -> lookalikes.add(pair.b.fragment(match.second())));
        }
        pair.beginnings.forEach(j -> lookalikes.add(pair.b.fragment(j)));
    }

    /**
     * Offered fragments that look like something of the primary's, or begin like it, of which
     * nothing tells whether they are the same.
     */
    Set<FragmentHeader> lookalikes() {
        return lookalikes;
    }

    /**
     * Offered runs of which something looks like something of the primary's that it is not, or that
     * come from the same replica and have no clock; none if the camera was seen to repeat itself.
     */
    Set<Run> doubtful() {
        return repetition.isSeen() ? Set.of() : doubtful;
    }

    private boolean looksAlike(Pair pair) {
        return primary.contains(pair.a)
                && (!pair.candidates.isEmpty()
                        || (!repetition.isNever()
                                && PrefixSearch.isWorthWhile(
                                        pair.a, pair.b, expected(pair).shiftTicks90k(), window)));
    }

    private Pair pair(Run a, Run b) {
        return new Pair(a, b, new AlignmentSearch(a, b, window, repetition).all(), new HashSet<>());
    }

    /** Now that it is known what the beginnings of groups of pictures tell. */
    private Pair again(Pair pair) {
        Pair again = pair(pair.a, pair.b);
        again.beginnings.addAll(pair.beginnings);
        return again;
    }

    /** What is settled is no longer open. */
    private void settle(List<Pair> open) throws IOException {
        Optional<Choice> next = next(open);
        while (next.isPresent()) {
            Pair pair = next.get().pair();
            open.remove(pair);
            connect(pair, next.get().alignment().shiftTicks90k());
            new JoinedCuts(pair.a, pair.b, cuts).join(next.get().alignment().matches());
            next = next(open);
        }
    }

    private Optional<Choice> next(List<Pair> open) throws IOException {
        List<Choice> choices = new ArrayList<>();
        for (Pair pair : open) {
            best(pair).ifPresent(choices::add);
        }
        return choices.stream().min(Choice.surestFirst());
    }

    private Optional<Choice> best(Pair pair) throws IOException {
        Expectation expected = expected(pair);
        List<Alignment> plausible = new ArrayList<>();
        for (Alignment candidate : pair.candidates) {
            if (pair.isSame() || isPlausible(candidate, expected)) {
                plausible.add(candidate);
            }
        }
        return plausible.stream()
                .min(Alignment.bestFirst(expected))
                .map(best -> new Choice(pair, best, expected));
    }

    /** What clocks say otherwise has to be proved. */
    private boolean isPlausible(Alignment candidate, Expectation expected) throws IOException {
        return candidate.isConsistent()
                && (candidate.fits(expected)
                        || (!expected.certain() && repetition.prove(candidate.distinctive())));
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
        return JoinedCuts.shortestFrame(pair.a, pair.b) + Math.round(DRIFT * (to - from));
    }

    /** Either may have a fragment cut short by its end, or by a loss, which the other has whole. */
    private void joinBeginnings(Pair pair) throws IOException {
        Expectation expected = expected(pair);
        long shift = expected.shiftTicks90k();
        PrefixSearch.Found found = beginning(pair.a, pair.b, shift, expected);
        Optional<Match> match = found.match();
        if (!expected.certain()) {
            pair.beginnings.addAll(found.doubtful());
        }
        if (match.isEmpty() && !primary.contains(pair.a)) {
            match =
                    beginning(pair.b, pair.a, -shift, expected)
                            .match()
                            .map(m -> new Match(/* first= */ m.second(), /* second= */ m.first()));
        }
        if (match.isPresent()) {
            int i = match.get().first();
            int j = match.get().second();
            connect(pair, pair.a.start(i) - pair.b.start(j));
            new JoinedCuts(pair.a, pair.b, cuts).joinStarts(i, j);
        }
    }

    private PrefixSearch.Found beginning(Run part, Run whole, long shift, Expectation expected)
            throws IOException {
        if (expected.certain()) {
            return prefixes.search(
                    part, whole, shift, PrefixSearch.Reach.of(expected.withinTicks90k()));
        }
        if (!PrefixSearch.isWorthWhile(part, whole, shift, window)) {
            return PrefixSearch.Found.NOTHING;
        }
        return prefixes.search(part, whole, shift, reach(part, whole));
    }

    /**
     * What tells no place is the same if it is nearer than half its length: a camera may begin
     * anew, but it then ends what went before. Up to half a group of pictures nobody knows; and
     * beyond, too, unless the camera was seen to repeat itself.
     */
    private PrefixSearch.Reach reach(Run part, Run whole) throws IOException {
        return switch (repetition.beginnings()) {
            case DIFFER -> PrefixSearch.Reach.of(window);
            case ALIKE ->
                    new PrefixSearch.Reach(
                            (i, j) -> half(part, i, whole, j), (i, j) -> whole.groupTicks(j) / 2);
            case UNKNOWN ->
                    new PrefixSearch.Reach(
                            (i, j) -> half(part, i, whole, j), (i, j) -> mostApart(whole));
        };
    }

    private long mostApart(Run whole) {
        return clocks.isMeasured(whole) ? PrimaryTimes.JUMP_TICKS90K : window;
    }

    private static long half(Run part, int i, Run whole, int j) {
        return Math.min(part.fragment(i).durationTicks90k(), whole.groupTicks(j)) / 2;
    }
}
