package io.gapless.media.stitch;

import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import io.gapless.media.RunId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The known fragments of a run on one side, in order, and the cuts at their ends. */
final class Run {
    private final RunId id;
    private final List<FragmentHeader> fragments;
    private final Cuts cuts;
    private final int firstCut;

    private Run(RunId id, List<FragmentHeader> fragments, Cuts cuts) {
        this.id = id;
        this.fragments = fragments;
        this.cuts = cuts;
        this.firstCut = cuts.add(2 * fragments.size());
        for (int i = 1; i < fragments.size(); i++) {
            if (follows(i)) {
                cuts.join(firstCut + 2 * i - 1, firstCut + 2 * i);
            }
        }
    }

    /** In order of time. Of the same fragment twice a whole one counts. */
    static List<Run> of(Collection<FragmentHeader> headers, Cuts cuts) {
        Map<RunId, TreeMap<Long, FragmentHeader>> runs = new LinkedHashMap<>();
        for (FragmentHeader header : headers) {
            runs.computeIfAbsent(header.run(), run -> new TreeMap<>())
                    .merge(header.sequence(), header, (a, b) -> a.damaged() ? b : a);
        }
        List<Run> all = new ArrayList<>();
        runs.forEach((id, run) -> all.add(new Run(id, List.copyOf(run.values()), cuts)));
        all.sort(Comparator.comparing(run -> run.fragment(0).start()));
        return all;
    }

    RunId id() {
        return id;
    }

    List<FragmentHeader> fragments() {
        return fragments;
    }

    int size() {
        return fragments.size();
    }

    FragmentHeader fragment(int index) {
        return fragments.get(index);
    }

    long start(int index) {
        return fragments.get(index).start().ticks90k();
    }

    long end(int index) {
        return fragments.get(index).end().ticks90k();
    }

    int startCut(int index) {
        return cuts.find(firstCut + 2 * index);
    }

    int endCut(int index) {
        return cuts.find(firstCut + 2 * index + 1);
    }

    boolean looksLike(Set<Digest> some) {
        return fragments.stream().anyMatch(fragment -> some.contains(fragment.digest()));
    }

    boolean hasCutOf(Set<Integer> some) {
        return IntStream.range(0, size())
                .anyMatch(i -> some.contains(startCut(i)) || some.contains(endCut(i)));
    }

    /** Whether no frame is missing between a fragment and the one before. */
    boolean follows(int index) {
        return index > 0
                && index < fragments.size()
                && fragment(index).gapBefore().isEmpty()
                && fragment(index).sequence() == fragment(index - 1).sequence() + 1
                && start(index) == end(index - 1);
    }

    /** Whether a fragment has all frames up to its cut, and was not ended by the run's end. */
    boolean closed(int index) {
        return !fragment(index).damaged() && follows(index + 1);
    }

    /** How long the group of pictures is that a fragment belongs to, as far as it is known. */
    long groupTicks(int index) {
        int first = index;
        while (!fragment(first).startsWithKeyFrame() && follows(first)) {
            first--;
        }
        int last = index;
        while (follows(last + 1) && !fragment(last + 1).startsWithKeyFrame()) {
            last++;
        }
        return end(last) - start(first);
    }

    /** How long a frame lasts. */
    long frame(int index) {
        return frame(fragment(index));
    }

    static long frame(FragmentHeader header) {
        return Math.max(1, header.durationTicks90k() / header.videoFrames());
    }
}
