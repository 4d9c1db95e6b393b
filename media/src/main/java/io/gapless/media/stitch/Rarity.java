package io.gapless.media.stitch;

import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How well a digest tells a place. A black picture has the same digest in every group of pictures;
 * then only the clocks can tell one from the next, if they are off by less than half of what lies
 * between two.
 */
final class Rarity {
    /** Among fewer whole fragments what is there once may still be what comes again and again. */
    private static final int ENOUGH = 6;

    private final Set<Digest> repeated = new HashSet<>();
    private final boolean tells;

    Rarity(List<Run> primary, List<Run> offered) {
        measure(primary);
        offered.forEach(run -> measure(List.of(run)));
        if (!repeated.isEmpty()) {
            lanes(offered).forEach(this::measure);
        }
        tells = repeated.isEmpty() || Math.min(whole(primary), whole(offered)) >= ENOUGH;
    }

    static long whole(List<Run> runs) {
        return runs.stream()
                .flatMap(run -> run.fragments().stream())
                .filter(fragment -> !fragment.damaged())
                .count();
    }

    /**
     * Runs that may be one recorder's, as they follow one another. If they are not, what does not
     * repeat seems to, as clocks differ: so this counts only for a camera known to repeat itself.
     */
    private static List<List<Run>> lanes(List<Run> inOrder) {
        List<List<Run>> lanes = new ArrayList<>();
        for (Run run : inOrder) {
            Optional<List<Run>> free =
                    lanes.stream().filter(lane -> end(lane) <= run.start(0)).findFirst();
            free.ifPresentOrElse(
                    lane -> lane.add(run), () -> lanes.add(new ArrayList<>(List.of(run))));
        }
        return lanes;
    }

    private static long end(List<Run> lane) {
        Run last = lane.get(lane.size() - 1);
        return last.end(last.size() - 1);
    }

    private void measure(List<Run> recorder) {
        Set<Digest> seen = new HashSet<>();
        recorder.stream()
                .flatMap(run -> run.fragments().stream())
                .filter(fragment -> !fragment.damaged())
                .map(FragmentHeader::digest)
                .filter(digest -> !seen.add(digest))
                .forEach(repeated::add);
    }

    /** Whether nothing is known to look like anything else. */
    boolean moves() {
        return repeated.isEmpty();
    }

    /** Whether the digest proves a place, whatever the clocks say. */
    boolean isDistinctive(Digest digest) {
        return tells && !repeated.contains(digest);
    }
}
