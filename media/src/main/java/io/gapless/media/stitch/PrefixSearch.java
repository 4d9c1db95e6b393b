package io.gapless.media.stitch;

import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import io.gapless.media.stitch.Alignment.Match;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

    private static final int FRAGMENTS_PER_RUN = 3;
    private static final int OFFERS_PER_FRAGMENT = 8;

    /** Whole ones of both that do not match are a camera that encodes for each session. */
    private static final int WHOLE_ENOUGH = 3;

    private final Digests digests;
    private final long window;
    private int left;

    /**
     * @param budget how many digests may be asked for
     */
    PrefixSearch(Digests digests, long window, int budget) {
        this.digests = digests;
        this.window = window;
        this.left = budget;
    }

    /**
     * Pairs that start with the same frame.
     *
     * @param shift what the times of {@code offered} are probably behind
     */
    List<Match> search(Run primary, Run offered, long shift) throws IOException {
        if (whole(primary) >= WHOLE_ENOUGH && whole(offered) >= WHOLE_ENOUGH) {
            return List.of();
        }
        for (int i : longestFirst(primary)) {
            for (int j : nearestFirst(primary.fragment(i), offered, shift)) {
                if (begins(offered.fragment(j), primary.fragment(i))) {
                    return List.of(new Match(i, j));
                }
            }
        }
        return List.of();
    }

    private static long whole(Run run) {
        return IntStream.range(0, run.size()).filter(run::closed).count();
    }

    private static List<Integer> longestFirst(Run run) {
        return IntStream.range(0, run.size())
                .boxed()
                .filter(i -> run.fragment(i).startsWithKeyFrame())
                .sorted(Comparator.comparing(i -> -run.fragment(i).videoFrames()))
                .limit(FRAGMENTS_PER_RUN)
                .toList();
    }

    private List<Integer> nearestFirst(FragmentHeader part, Run offered, long shift) {
        long expected = part.start().ticks90k() - shift;
        return IntStream.range(0, offered.size())
                .boxed()
                .filter(j -> !offered.fragment(j).damaged())
                .filter(j -> offered.fragment(j).startsWithKeyFrame())
                .filter(j -> offered.fragment(j).videoFrames() > part.videoFrames())
                .filter(j -> Math.abs(offered.start(j) - expected) <= window)
                .sorted(Comparator.comparing(j -> Math.abs(offered.start(j) - expected)))
                .limit(OFFERS_PER_FRAGMENT)
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
