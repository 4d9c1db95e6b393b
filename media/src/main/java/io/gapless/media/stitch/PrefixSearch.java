package io.gapless.media.stitch;

import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import io.gapless.media.stitch.Alignment.Match;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import java.util.function.ToLongBiFunction;
import java.util.stream.IntStream;

/**
 * Finds where a fragment that is not whole begins in another run: its access units are the first of
 * a replica's fragment. For runs that have no whole fragment in common.
 */
final class PrefixSearch {
    /** Of an offered fragment, by its header; nothing if it cannot be had. */
    interface Digests {
        Optional<Digest> first(FragmentHeader offered, int accessUnits) throws IOException;
    }

    /**
     * What was found.
     *
     * @param match a pair that starts with the same frame: the first of what is not whole, the
     *     second longer
     * @param doubtful positions of longer ones that may start with the same frame, or may not
     */
    record Found(Optional<Match> match, Set<Integer> doubtful) {
        static final Found NOTHING = new Found(Optional.empty(), Set.of());
    }

    /**
     * By how many ticks two beginnings may be apart, by positions in both runs.
     *
     * @param same what begins alike is the same
     * @param doubtful what begins alike may be the same; no less
     */
    record Reach(
            ToLongBiFunction<Integer, Integer> same, ToLongBiFunction<Integer, Integer> doubtful) {
        static Reach of(long ticks90k) {
            return new Reach((i, j) -> ticks90k, (i, j) -> ticks90k);
        }
    }

    private static final int FRAGMENTS_PER_RUN = 16;

    private final Digests digests;
    private int left;

    /**
     * @param budget how many digests may be asked for
     */
    PrefixSearch(Digests digests, int budget) {
        this.digests = digests;
        this.left = budget;
    }

    /**
     * @param shift what the times of {@code offered} are probably behind
     * @param reach how much further apart they may be
     */
    Found search(Run part, Run offered, long shift, Reach reach) throws IOException {
        Set<Integer> doubtful = new TreeSet<>();
        int tried = 0;
        for (int i : partial(part)) {
            List<Integer> near =
                    nearestFirst(part, i, offered, shift, j -> reach.doubtful.applyAsLong(i, j));
            if (!near.isEmpty() && tried < FRAGMENTS_PER_RUN) {
                tried++;
                for (int j : near) {
                    Optional<Boolean> begins = begins(offered.fragment(j), part.fragment(i));
                    long expected = part.start(i) - shift;
                    boolean same =
                            Math.abs(offered.start(j) - expected) <= reach.same.applyAsLong(i, j);
                    if (begins.orElse(false)
                            && same
                            && !isBeside(offered, j, expected, part.fragment(i))) {
                        return new Found(Optional.of(new Match(i, j)), Set.of());
                    }
                    if (begins.orElse(true)) {
                        doubtful.add(j);
                    }
                }
            }
        }
        return new Found(Optional.empty(), doubtful);
    }

    /** Whether anything of {@code part} may begin something of {@code offered}. */
    static boolean isWorthWhile(Run part, Run offered, long shift, long window) {
        return partial(part).stream()
                .anyMatch(i -> !nearestFirst(part, i, offered, shift, j -> window).isEmpty());
    }

    /** By how much they tell: cut short by the run's end first. */
    private static List<Integer> partial(Run run) {
        return IntStream.range(0, run.size())
                .boxed()
                .filter(i -> !run.closed(i) && run.fragment(i).startsWithKeyFrame())
                .sorted(
                        Comparator.<Integer, Boolean>comparing(i -> run.fragment(i).damaged())
                                .thenComparing(i -> -run.fragment(i).videoFrames()))
                .toList();
    }

    private static List<Integer> nearestFirst(
            Run run, int i, Run offered, long shift, IntToLongFunction within) {
        FragmentHeader part = run.fragment(i);
        long expected = run.start(i) - shift;
        return IntStream.range(0, offered.size())
                .boxed()
                .filter(j -> !offered.fragment(j).damaged())
                .filter(j -> offered.fragment(j).startsWithKeyFrame())
                .filter(j -> offered.fragment(j).videoFrames() > part.videoFrames())
                .filter(j -> Math.abs(offered.start(j) - expected) <= within.applyAsLong(j))
                .sorted(Comparator.comparing(j -> Math.abs(offered.start(j) - expected)))
                .toList();
    }

    /**
     * By clock one ends where the other begins, to half a frame: they are neighbours, though they
     * may begin alike. A camera may begin anew for each session, and so cut the sessions before.
     * What is so short that clocks may be off by its length is not told apart so.
     */
    private static boolean isBeside(Run offered, int j, long expected, FragmentHeader part) {
        if (part.durationTicks90k() <= PrimaryTimes.USUAL_JUMP_TICKS90K) {
            return false;
        }
        long half = Run.frame(part) / 2;
        return Math.abs(expected + part.durationTicks90k() - offered.start(j)) <= half
                || Math.abs(offered.end(j) - expected) <= half;
    }

    /** As long as it may ask. */
    Digests digests() {
        return this::first;
    }

    private Optional<Digest> first(FragmentHeader offered, int accessUnits) throws IOException {
        if (left == 0) {
            return Optional.empty();
        }
        left--;
        return digests.first(offered, accessUnits);
    }

    private Optional<Boolean> begins(FragmentHeader offered, FragmentHeader part)
            throws IOException {
        return first(offered, part.videoFrames()).map(part.digest()::equals);
    }
}
