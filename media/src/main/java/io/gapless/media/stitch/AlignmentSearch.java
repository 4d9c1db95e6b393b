package io.gapless.media.stitch;

import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import io.gapless.media.stitch.Alignment.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Finds all ways to lay two runs upon each other: from each pair of fragments with equal digest,
 * both runs are walked in both directions and compared where they are at the same place. Places
 * follow from contiguity, and across losses from the clocks, which drift apart slowly.
 */
final class AlignmentSearch {
    /** Either clock may be off by 500 ppm. */
    private static final double DRIFT = 0.001;

    private final Run a;
    private final Run b;
    private final long window;
    private final Repetition repetition;

    private List<Match> matches;
    private int contradictions;

    /**
     * @param window ticks that the clocks may be apart
     */
    AlignmentSearch(Run a, Run b, long window, Repetition repetition) {
        this.a = a;
        this.b = b;
        this.window = window;
        this.repetition = repetition;
    }

    List<Alignment> all() {
        if (a.id().equals(b.id())) {
            return byIdentity();
        }
        Map<Digest, List<Integer>> ofB = new HashMap<>();
        for (int j = 0; j < b.size(); j++) {
            ofB.computeIfAbsent(b.fragment(j).digest(), d -> new ArrayList<>()).add(j);
        }
        List<Alignment> found = new ArrayList<>();
        Set<Match> seen = new HashSet<>();
        for (int i = 0; i < a.size(); i++) {
            for (int j : ofB.getOrDefault(a.fragment(i).digest(), List.of())) {
                if (same(i, j)
                        && Math.abs(a.start(i) - b.start(j)) <= window
                        && !seen.contains(new Match(i, j))) {
                    Alignment alignment = from(i, j);
                    seen.addAll(alignment.matches());
                    found.add(alignment);
                }
            }
        }
        return found;
    }

    private List<Alignment> byIdentity() {
        matches = new ArrayList<>();
        for (int i = 0, j = 0; i < a.size() && j < b.size(); ) {
            long difference = a.fragment(i).sequence() - b.fragment(j).sequence();
            if (difference == 0) {
                matches.add(new Match(i, j));
            }
            i += difference <= 0 ? 1 : 0;
            j += difference >= 0 ? 1 : 0;
        }
        contradictions = 0;
        return matches.isEmpty() ? List.of() : List.of(result());
    }

    private boolean same(int i, int j) {
        FragmentHeader one = a.fragment(i);
        FragmentHeader other = b.fragment(j);
        return tells(one)
                && tells(other)
                && one.videoFrames() == other.videoFrames()
                && one.digest().equals(other.digest());
    }

    /** What was cut by a loss only at its end may still have all that the other side has. */
    private static boolean tells(FragmentHeader header) {
        return !header.damaged() || header.startsWithKeyFrame();
    }

    private boolean differ(int i, int j) {
        FragmentHeader one = a.fragment(i);
        FragmentHeader other = b.fragment(j);
        boolean sameLength = one.videoFrames() == other.videoFrames();
        return !one.damaged()
                && !other.damaged()
                && (sameLength || (a.closed(i) && b.closed(j)))
                && !same(i, j);
    }

    private Alignment from(int i, int j) {
        matches = new ArrayList<>(List.of(new Match(i, j)));
        contradictions = 0;
        walk(i, j, 1);
        walk(i, j, -1);
        matches.sort(Comparator.comparingInt(Match::first));
        return result();
    }

    private Alignment result() {
        double shift =
                matches.stream()
                        .mapToLong(m -> a.start(m.first()) - b.start(m.second()))
                        .average()
                        .orElseThrow();
        int distinctive = (int) matches.stream().filter(this::isDistinctive).count();
        return new Alignment(
                List.copyOf(matches), contradictions, distinctive, ambiguity(), Math.round(shift));
    }

    private boolean isDistinctive(Match match) {
        return isClosed(match)
                ? repetition.isDistinctive(a.fragment(match.first()).digest())
                : repetition.isBeginningDistinctive();
    }

    /**
     * What looks like another group of pictures is at least as far from it as it is long; and where
     * the other side is known without a break, it is only where it is seen.
     */
    private long ambiguity() {
        long longest =
                matches.stream()
                        .mapToLong(m -> Math.max(a.groupTicks(m.first()), b.groupTicks(m.second())))
                        .max()
                        .orElseThrow();
        return Math.max(longest, Math.max(seen(a, Match::first), seen(b, Match::second)));
    }

    /** How far either way at least one of the matches is nowhere else in a run. */
    private long seen(Run run, ToIntFunction<Match> position) {
        long before = 0;
        long after = 0;
        for (Match match : matches) {
            if (isClosed(match)) {
                before = Math.max(before, run.unlikeBefore(position.applyAsInt(match)));
                after = Math.max(after, run.unlikeAfter(position.applyAsInt(match)));
            }
        }
        return Math.min(before, after);
    }

    /**
     * Else both may be beginnings of the same length, of groups of pictures that look alike; one
     * alone hardly ends at the same picture by chance, unless both are very short.
     */
    private boolean isClosed(Match match) {
        boolean both = a.closed(match.first()) && b.closed(match.second());
        boolean one = a.closed(match.first()) || b.closed(match.second());
        long length = a.fragment(match.first()).durationTicks90k();
        return both || (one && length > PrimaryTimes.USUAL_JUMP_TICKS90K);
    }

    private void walk(int fromI, int fromJ, int step) {
        Match last = new Match(fromI, fromJ);
        int i = fromI + step;
        int j = fromJ + step;
        while (i >= 0 && j >= 0 && i < a.size() && j < b.size()) {
            long apart = a.start(i) - b.start(j) - (a.start(last.first()) - b.start(last.second()));
            boolean here = adjoins(last, i, j, step) || Math.abs(apart) <= tolerance(last, i, j);
            if (here && same(i, j)) {
                last = new Match(i, j);
                matches.add(last);
            } else if (here && differ(i, j)) {
                contradictions++;
            }
            boolean advanceA = here || (apart < 0) == (step > 0);
            boolean advanceB = here || !advanceA;
            i += advanceA ? step : 0;
            j += advanceB ? step : 0;
        }
    }

    /** Whether both fragments adjoin those matched last: then the clocks do not matter. */
    private boolean adjoins(Match last, int i, int j, int step) {
        return i - last.first() == step
                && j - last.second() == step
                && a.follows(Math.max(i, last.first()))
                && b.follows(Math.max(j, last.second()));
    }

    private double tolerance(Match last, int i, int j) {
        long frame = Math.min(a.frame(i), b.frame(j));
        long shorter = Math.min(a.fragment(i).durationTicks90k(), b.fragment(j).durationTicks90k());
        double drift = DRIFT * Math.abs(a.start(i) - a.start(last.first()));
        return frame / 2.0 + Math.min(drift, Math.max(0, shorter / 2.0 - frame));
    }
}
