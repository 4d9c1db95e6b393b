package io.gapless.media.stitch;

import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How well a digest tells a place. A black picture has the same digest in every group of pictures;
 * then only the clocks can tell one from the next, if they are off by less than half of what lies
 * between two. That nothing looks like anything else must be seen, not supposed.
 */
final class Repetition {
    /** What the beginnings of groups of pictures look like. */
    enum Beginnings {
        /** No two look alike, so one proves a place. */
        DIFFER,
        /** Some look like others. */
        ALIKE,
        /** Too few were seen. */
        UNKNOWN
    }

    /** Of so many no two looked alike. */
    private static final int ENOUGH = 4;

    /** Of so many no two looked alike, that one match proves a place, whatever the clocks say. */
    private static final int ENOUGH_FOR_ONE = 8;

    /** So many were seen where some come again, that what was seen once is there once. */
    private static final int ENOUGH_TO_STAND_OUT = 6;

    /** One that seems to be there once may only not have come again yet. */
    private static final int ENOUGH_OF_THE_RARE = 3;

    private static final int MOST_ASKED = 6;

    private final Set<Digest> repeated = new HashSet<>();
    private final List<Run> offered;
    private final PrefixSearch.Digests digests;
    private final long different;
    private final boolean neverSeenTwice;
    private final boolean standsOut;
    private Optional<Beginnings> beginnings = Optional.empty();

    /**
     * @param digests asked for first pictures where whole fragments do not tell
     */
    Repetition(List<Run> primary, List<Run> offered, PrefixSearch.Digests digests) {
        this.offered = offered;
        this.digests = digests;
        List<List<Run>> recorders = new ArrayList<>(byReplica(offered));
        recorders.add(primary);
        recorders.forEach(this::findRepeated);
        List<FragmentHeader> closed = closed(recorders);
        different = different(closed);
        neverSeenTwice = repeated.isEmpty() && different >= ENOUGH;
        standsOut = Math.min(whole(primary).size(), whole(offered).size()) >= ENOUGH_TO_STAND_OUT;
    }

    private static List<FragmentHeader> whole(List<Run> runs) {
        return runs.stream()
                .flatMap(run -> run.fragments().stream())
                .filter(fragment -> !fragment.damaged())
                .toList();
    }

    private void findRepeated(List<Run> recorder) {
        Set<Digest> seen = new HashSet<>();
        whole(recorder).stream()
                .map(FragmentHeader::digest)
                .filter(digest -> !seen.add(digest))
                .forEach(repeated::add);
    }

    private static Collection<List<Run>> byReplica(List<Run> offered) {
        return offered.stream().collect(Collectors.groupingBy(Run::replica)).values();
    }

    private static List<FragmentHeader> closed(List<List<Run>> recorders) {
        List<FragmentHeader> closed = new ArrayList<>();
        for (Run run : recorders.stream().flatMap(Collection::stream).toList()) {
            for (int i = 0; i < run.size(); i++) {
                if (run.closed(i)) {
                    closed.add(run.fragment(i));
                }
            }
        }
        return closed;
    }

    private static long different(Collection<FragmentHeader> fragments) {
        return fragments.stream().map(FragmentHeader::digest).distinct().count();
    }

    /** Whether something was seen to look like something else. */
    boolean isSeen() {
        return !repeated.isEmpty();
    }

    /** Whether nothing looks like anything else, as far as it was asked. */
    boolean isNever() {
        return neverSeenTwice && beginnings.orElse(Beginnings.DIFFER) == Beginnings.DIFFER;
    }

    /**
     * Whether as many distinctive matches prove a place, whatever the clocks say. Where pictures
     * begin alike whole groups may come again: a camera may begin anew for each session.
     */
    boolean prove(int distinctive) throws IOException {
        if (isSeen()) {
            return distinctive >= ENOUGH_OF_THE_RARE;
        }
        boolean manyDiffer = different >= ENOUGH_FOR_ONE;
        return distinctive >= (manyDiffer ? 1 : 2)
                && switch (beginnings()) {
                    case DIFFER -> true;
                    case ALIKE -> false;
                    case UNKNOWN -> manyDiffer;
                };
    }

    /** Whether a digest of a whole fragment is known to be there once. */
    boolean isDistinctive(Digest digest) {
        return neverSeenTwice || (standsOut && !repeated.contains(digest));
    }

    /** Whether that is known of the beginning of a fragment without asking. */
    boolean isBeginningDistinctive() {
        return beginnings.equals(Optional.of(Beginnings.DIFFER));
    }

    /** Asks for first pictures if whole fragments do not tell. */
    Beginnings beginnings() throws IOException {
        if (beginnings.isEmpty()) {
            beginnings = Optional.of(isSeen() ? Beginnings.ALIKE : firstPictures());
        }
        return beginnings.get();
    }

    private Beginnings firstPictures() throws IOException {
        List<FragmentHeader> some = differentMoments();
        List<Digest> known = new ArrayList<>();
        for (FragmentHeader fragment : some) {
            digests.first(fragment, 1).ifPresent(known::add);
        }
        long different = known.stream().distinct().count();
        if (different < known.size()) {
            return Beginnings.ALIKE;
        }
        return different >= ENOUGH && different == some.size()
                ? Beginnings.DIFFER
                : Beginnings.UNKNOWN;
    }

    /** Of one replica; the beginnings of sessions are the likeliest to look alike. */
    private List<FragmentHeader> differentMoments() {
        List<FragmentHeader> most = List.of();
        for (List<Run> runs : byReplica(offered)) {
            Stream<FragmentHeader> beginnings = runs.stream().map(run -> run.fragment(0));
            Stream<FragmentHeader> others =
                    runs.stream().flatMap(run -> run.fragments().stream().skip(1));
            List<FragmentHeader> some =
                    Stream.concat(beginnings, others)
                            .filter(FragmentHeader::startsWithKeyFrame)
                            .limit(MOST_ASKED)
                            .toList();
            most = some.size() > most.size() ? some : most;
        }
        return most;
    }
}
