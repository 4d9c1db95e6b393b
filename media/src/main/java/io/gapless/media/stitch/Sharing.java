package io.gapless.media.stitch;

import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a camera sends all its clients the same pictures, or encodes for each session anew. */
enum Sharing {
    /** Something of the primary and of a replica is alike, and may be of the same time. */
    SHARED,
    /** Both recorded side by side for long enough that something should be. */
    PER_SESSION,
    /** They hardly met. */
    UNKNOWN;

    /** Each clock may be off by as much as two sessions' may differ. */
    private static final long MOST_APART_TICKS90K = 2 * PrimaryTimes.JUMP_TICKS90K;

    /** Earlier fills share all with what they were taken from; that says nothing of the camera. */
    static Sharing of(List<Run> primary, List<Run> offered) {
        Set<Integer> cuts = new HashSet<>();
        Map<Digest, List<Long>> starts = new HashMap<>();
        boolean met = false;
        for (Run run : primary) {
            if (run.fragment(0).origin() == Origin.PRIMARY) {
                for (int i = 0; i < run.size(); i++) {
                    cuts.add(run.startCut(i));
                    cuts.add(run.endCut(i));
                    FragmentHeader fragment = run.fragment(i);
                    starts.computeIfAbsent(fragment.digest(), d -> new ArrayList<>())
                            .add(fragment.start().ticks90k());
                }
                met |= offered.stream().anyMatch(other -> mustMeet(run, other));
            }
        }
        if (offered.stream().anyMatch(run -> run.hasCutOf(cuts) || isAlike(run, starts))) {
            return SHARED;
        }
        return met ? PER_SESSION : UNKNOWN;
    }

    /**
     * Whether a fragment looks like one that may be of the same time. Two encoders of a scene that
     * comes again, one after the other, may well produce the same, and that says nothing.
     */
    private static boolean isAlike(Run run, Map<Digest, List<Long>> starts) {
        return run.fragments().stream()
                .anyMatch(
                        fragment ->
                                starts.getOrDefault(fragment.digest(), List.of()).stream()
                                        .anyMatch(start -> isNear(start, fragment.start())));
    }

    private static boolean isNear(long start, MediaTime other) {
        return Math.abs(start - other.ticks90k()) <= MOST_APART_TICKS90K;
    }

    /** Whether, however far the clocks are apart, both have a whole fragment of the same time. */
    private static boolean mustMeet(Run one, Run other) {
        for (TimeSpan a : one.unbroken()) {
            for (TimeSpan b : other.unbroken()) {
                long longest = Math.max(a.longestTicks90k(), b.longestTicks90k());
                long together = Math.min(a.to(), b.to()) - Math.max(a.from(), b.from());
                if (together - MOST_APART_TICKS90K >= 2 * longest) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Closed fragments one after the other.
     *
     * @param longestTicks90k the longest of them
     */
    record TimeSpan(long from, long to, long longestTicks90k) {}
}
