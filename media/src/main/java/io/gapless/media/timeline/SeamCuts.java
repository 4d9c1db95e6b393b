package io.gapless.media.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds where seams cut fragments off: a seam fragment was placed by time alone, so what other runs
 * began before it, or with it, may hold the same moments in other pictures or at other times, and
 * is not to be mixed with it. A damaged seam does not cut what is whole.
 */
final class SeamCuts<E> {
    private final TreeMap<Long, List<Candidate<E>>> seams = new TreeMap<>();

    SeamCuts(List<Candidate<E>> candidates) {
        for (Candidate<E> candidate : candidates) {
            if (candidate.header().seam()) {
                seams.computeIfAbsent(candidate.start(), at -> new ArrayList<>(1)).add(candidate);
            }
        }
    }

    /** Where the fragment is cut off; its end if it is not. */
    long cut(Candidate<E> candidate) {
        return seams.subMap(candidate.start(), true, candidate.end(), false).entrySet().stream()
                .filter(at -> at.getValue().stream().anyMatch(seam -> cuts(seam, candidate)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(candidate.end());
    }

    private static boolean cuts(Candidate<?> seam, Candidate<?> candidate) {
        return !seam.header().run().equals(candidate.header().run())
                && (candidate.header().damaged() || !seam.header().damaged());
    }
}
