package io.gapless.media.stitch;

import io.gapless.media.Digest;
import io.gapless.media.Origin;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether a camera sends all its clients the same pictures, or encodes for each session anew. */
enum Sharing {
    /** Something of the primary and of a replica is alike. */
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
        Set<Digest> digests = new HashSet<>();
        boolean met = false;
        for (Run run : primary) {
            if (run.fragment(0).origin() == Origin.PRIMARY) {
                for (int i = 0; i < run.size(); i++) {
                    cuts.add(run.startCut(i));
                    cuts.add(run.endCut(i));
                    digests.add(run.fragment(i).digest());
                }
                met |= offered.stream().anyMatch(other -> mustMeet(run, other));
            }
        }
        if (offered.stream().anyMatch(run -> run.hasCutOf(cuts) || run.looksLike(digests))) {
            return SHARED;
        }
        return met ? PER_SESSION : UNKNOWN;
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
