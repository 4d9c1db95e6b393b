package io.gapless.media.stitch;

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
import java.util.function.Function;
import java.util.stream.IntStream;

/** The known fragments of a run on one side, in order, and the cuts at their ends. */
final class Run {
    private final RunId id;
    private final String replica;
    private final List<FragmentHeader> fragments;
    private final Cuts cuts;
    private final int firstCut;

    private Run(RunId id, String replica, List<FragmentHeader> fragments, Cuts cuts) {
        this.id = id;
        this.replica = replica;
        this.fragments = fragments;
        this.cuts = cuts;
        this.firstCut = cuts.add(2 * fragments.size());
        for (int i = 1; i < fragments.size(); i++) {
            if (follows(i)) {
                cuts.join(firstCut + 2 * i - 1, firstCut + 2 * i);
            }
        }
    }

    /**
     * In order of time. Of the same fragment twice a whole one counts.
     *
     * @param replica who offers a run
     */
    static List<Run> of(
            Collection<FragmentHeader> headers, Function<RunId, String> replica, Cuts cuts) {
        Map<RunId, TreeMap<Long, FragmentHeader>> runs = new LinkedHashMap<>();
        for (FragmentHeader header : headers) {
            runs.computeIfAbsent(header.run(), run -> new TreeMap<>())
                    .merge(header.sequence(), header, (a, b) -> a.damaged() ? b : a);
        }
        List<Run> all = new ArrayList<>();
        runs.forEach(
                (id, run) ->
                        all.add(new Run(id, replica.apply(id), List.copyOf(run.values()), cuts)));
        all.sort(Comparator.comparing(run -> run.fragment(0).start()));
        return all;
    }

    RunId id() {
        return id;
    }

    String replica() {
        return replica;
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
        return !fragment(index).damaged() && (fragment(index).closed() || follows(index + 1));
    }

    /** Its closed fragments, as far as they follow one another. */
    List<Sharing.TimeSpan> unbroken() {
        List<Sharing.TimeSpan> spans = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            if (closed(i)) {
                long from = start(i);
                long longest = fragment(i).durationTicks90k();
                while (follows(i + 1) && closed(i + 1)) {
                    i++;
                    longest = Math.max(longest, fragment(i).durationTicks90k());
                }
                spans.add(new Sharing.TimeSpan(from, end(i), longest));
            }
        }
        return spans;
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

    /** For how long before a fragment's start it is known that nothing starts that is like it. */
    long unlikeBefore(int index) {
        int first = index;
        while (follows(first) && !fragment(first - 1).damaged()) {
            first--;
            if (isAlike(first, index)) {
                return start(index) - start(first);
            }
        }
        return end(index) - (fragment(first).startsWithKeyFrame() ? start(first) : end(first));
    }

    /** For how long after a fragment's start it is known that nothing starts that is like it. */
    long unlikeAfter(int index) {
        int next = index + 1;
        while (follows(next) && closed(next) && !isAlike(next, index)) {
            next++;
        }
        return (follows(next) ? start(next) : end(next - 1)) - start(index);
    }

    private boolean isAlike(int one, int other) {
        return fragment(one).digest().equals(fragment(other).digest());
    }

    /** How long a frame lasts. */
    long frame(int index) {
        return frame(fragment(index));
    }

    static long frame(FragmentHeader header) {
        return Math.max(1, header.durationTicks90k() / header.videoFrames());
    }
}
