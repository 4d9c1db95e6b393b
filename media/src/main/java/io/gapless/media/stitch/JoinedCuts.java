package io.gapless.media.stitch;

import io.gapless.media.FragmentHeader;
import io.gapless.media.stitch.Alignment.Match;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Joins the cuts of two runs that are known to be the same moment, once they are laid upon each
 * other.
 */
record JoinedCuts(Run a, Run b, Cuts cuts) {
    /** What matches in whole. */
    void join(List<Match> matches) {
        TreeMap<Long, Long> known = new TreeMap<>();
        for (Match match : matches) {
            int i = match.first();
            int j = match.second();
            cuts.join(a.startCut(i), b.startCut(j));
            cuts.join(a.endCut(i), b.endCut(j));
            known.put(b.start(j), a.start(i));
            known.put(b.end(j), a.end(i));
        }
        joinNear(new TimeMap(known));
    }

    /** Of what begins with the same frame. */
    void joinStarts(int i, int j) {
        cuts.join(a.startCut(i), b.startCut(j));
        joinNear(new TimeMap(Map.of(b.start(j), a.start(i))));
    }

    /** Cuts that lie closer than half a frame are one, whoever lacks the pictures beside them. */
    private void joinNear(TimeMap toA) {
        NavigableMap<Long, Integer> ofA = clean(a);
        clean(b).forEach(
                        (time, cut) -> {
                            long at = toA.at(time);
                            long within = shortestFrame(a, b) / 2 - 1;
                            ofA.subMap(at - within, true, at + within, true).values().stream()
                                    .findFirst()
                                    .ifPresent(other -> cuts.join(cut, other));
                        });
    }

    static long shortestFrame(Run a, Run b) {
        return Math.min(shortestFrame(a), shortestFrame(b));
    }

    private static long shortestFrame(Run run) {
        return run.fragments().stream().mapToLong(Run::frame).min().orElse(1);
    }

    /** Where the stream was cut, not a loss. */
    private static NavigableMap<Long, Integer> clean(Run run) {
        NavigableMap<Long, Integer> clean = new TreeMap<>();
        for (int i = 0; i < run.size(); i++) {
            FragmentHeader fragment = run.fragment(i);
            if (!fragment.damaged()) {
                clean.put(run.end(i), run.endCut(i));
            }
            if (!fragment.damaged() || fragment.startsWithKeyFrame()) {
                clean.put(run.start(i), run.startCut(i));
            }
        }
        return clean;
    }
}
