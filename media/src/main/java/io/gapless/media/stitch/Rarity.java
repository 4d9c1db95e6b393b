package io.gapless.media.stitch;

import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which digests prove a place: those that neither side has twice, among enough fragments to tell. A
 * black picture has the same digest in every group of pictures.
 */
final class Rarity {
    private static final int ENOUGH = 6;

    private final Map<Digest, Integer> mostOften = new HashMap<>();
    private final boolean tells;

    Rarity(List<Run> primary, List<Run> offered) {
        Map<Digest, Integer> onPrimary = new HashMap<>();
        primary.forEach(run -> count(run, onPrimary));
        offered.forEach(run -> count(run, new HashMap<>()));
        tells = whole(primary) >= ENOUGH && whole(offered) >= ENOUGH;
    }

    private static long whole(List<Run> runs) {
        return runs.stream()
                .flatMap(run -> run.fragments().stream())
                .filter(fragment -> !fragment.damaged())
                .count();
    }

    private void count(Run run, Map<Digest, Integer> counts) {
        for (FragmentHeader fragment : run.fragments()) {
            int times = counts.merge(fragment.digest(), 1, Integer::sum);
            mostOften.merge(fragment.digest(), times, Math::max);
        }
    }

    boolean isDistinctive(Digest digest) {
        return tells && mostOften.getOrDefault(digest, 0) == 1;
    }
}
