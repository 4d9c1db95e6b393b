package io.gapless.media.stitch;

import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import io.gapless.media.stitch.Alignment.Match;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * Finds where a fragment that is not whole begins in another run: its access units are the first of
 * a replica's fragment. For runs that have no whole fragment in common.
 */
final class PrefixSearch {
    /** Of an offered fragment, by its header. */
    interface Digests {
        Optional<Digest> first(FragmentHeader offered, int accessUnits) throws IOException;
    }

    private static final int FRAGMENTS_PER_RUN = 8;

    /** Whole ones of both that do not match are a camera that encodes for each session. */
    private static final int WHOLE_ENOUGH = 3;

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
     * Pairs that start with the same frame.
     *
     * @param shift what the times of {@code offered} are probably behind
     * @param within ticks that they may be further apart, by position in {@code offered}
     * @param shared whether the camera is known to send all its clients the same pictures
     */
    List<Match> search(
            Run primary, Run offered, long shift, IntToLongFunction within, boolean shared)
            throws IOException {
        if (!shared && whole(primary) >= WHOLE_ENOUGH && whole(offered) >= WHOLE_ENOUGH) {
            return List.of();
        }
        int tried = 0;
        for (int i : partial(primary)) {
            List<Integer> near = nearestFirst(primary.fragment(i), offered, shift, within);
            if (!near.isEmpty() && tried < FRAGMENTS_PER_RUN) {
                tried++;
                for (int j : near) {
                    if (begins(offered.fragment(j), primary.fragment(i))) {
                        return List.of(new Match(i, j));
                    }
                }
            }
        }
        return List.of();
    }

    private static long whole(Run run) {
        return IntStream.range(0, run.size()).filter(run::closed).count();
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
            FragmentHeader part, Run offered, long shift, IntToLongFunction within) {
        long expected = part.start().ticks90k() - shift;
        return IntStream.range(0, offered.size())
                .boxed()
                .filter(j -> !offered.fragment(j).damaged())
                .filter(j -> offered.fragment(j).startsWithKeyFrame())
                .filter(j -> offered.fragment(j).videoFrames() > part.videoFrames())
                .filter(j -> Math.abs(offered.start(j) - expected) <= within.applyAsLong(j))
                .sorted(Comparator.comparing(j -> Math.abs(offered.start(j) - expected)))
                .toList();
    }

    private boolean begins(FragmentHeader offered, FragmentHeader part) throws IOException {
        if (left == 0) {
            return false;
        }
        left--;
        return digests.first(offered, part.videoFrames()).filter(part.digest()::equals).isPresent();
    }
}
