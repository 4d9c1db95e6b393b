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
     * @param window ticks that they may be further apart
     * @param shared whether the camera is known to send all its clients the same pictures
     */
    List<Match> search(Run primary, Run offered, long shift, long window, boolean shared)
            throws IOException {
        if (!shared && whole(primary) >= WHOLE_ENOUGH && whole(offered) >= WHOLE_ENOUGH) {
            return List.of();
        }
        for (int i : partial(primary, offered, shift, window)) {
            for (int j : nearestFirst(primary.fragment(i), offered, shift, window)) {
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

    /**
     * Those that may lie in the other run, by how much they tell: cut short by the run's end first.
     */
    private static List<Integer> partial(Run run, Run offered, long shift, long window) {
        long from = offered.start(0) + shift - window / 2;
        long to = offered.end(offered.size() - 1) + shift + window / 2;
        return IntStream.range(0, run.size())
                .boxed()
                .filter(i -> !run.closed(i) && run.fragment(i).startsWithKeyFrame())
                .filter(i -> run.start(i) >= from && run.start(i) < to)
                .sorted(
                        Comparator.<Integer, Boolean>comparing(i -> run.fragment(i).damaged())
                                .thenComparing(i -> -run.fragment(i).videoFrames()))
                .limit(FRAGMENTS_PER_RUN)
                .toList();
    }

    private List<Integer> nearestFirst(FragmentHeader part, Run offered, long shift, long window) {
        long expected = part.start().ticks90k() - shift;
        return IntStream.range(0, offered.size())
                .boxed()
                .filter(j -> !offered.fragment(j).damaged())
                .filter(j -> offered.fragment(j).startsWithKeyFrame())
                .filter(j -> offered.fragment(j).videoFrames() > part.videoFrames())
                .filter(j -> Math.abs(offered.start(j) - expected) <= window)
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
