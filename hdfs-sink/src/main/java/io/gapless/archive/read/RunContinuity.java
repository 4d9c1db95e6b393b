package io.gapless.archive.read;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.google.errorprone.annotations.FormatMethod;
import io.gapless.media.FragmentHeader;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Checks what a camera's fragments say of their place in their runs. Whether a stretch is missing
 * is not judged here but by the timeline, since another run may fill it.
 *
 * <p>Of a replica's run the archive holds only what the primary lacked, placed on the primary's
 * timeline piece by piece, some of it perhaps twice. So the places of its fragments need not follow
 * exactly; but their order must, and copies must be the same video.
 */
final class RunContinuity {
    private final List<Problem> problems = new ArrayList<>();

    private RunContinuity() {}

    /** What contradicts itself in {@code fragments}, which may be in any order. */
    static List<Problem> check(List<ArchivedFragment> fragments) {
        RunContinuity continuity = new RunContinuity();
        fragments.stream()
                .collect(groupingBy(RunContinuity::run, LinkedHashMap::new, toList()))
                .values()
                .forEach(continuity::checkRun);
        return continuity.problems;
    }

    private static RunId run(ArchivedFragment fragment) {
        return fragment.header().run();
    }

    private void checkRun(List<ArchivedFragment> run) {
        List<ArchivedFragment> ordered =
                run.stream().sorted(comparingLong(f -> f.header().sequence())).toList();
        for (int i = 1; i < ordered.size(); i++) {
            checkPair(ordered.get(i - 1), ordered.get(i));
        }
    }

    private void checkPair(ArchivedFragment before, ArchivedFragment after) {
        if (before.header().sequence() == after.header().sequence()) {
            checkCopies(before, after);
        } else if (isFill(before) || isFill(after)) {
            checkOrder(before, after);
        } else {
            checkNeighbours(before, after);
        }
    }

    private static boolean isFill(ArchivedFragment fragment) {
        return fragment.header().origin() == Origin.REPLICA;
    }

    private void checkOrder(ArchivedFragment before, ArchivedFragment after) {
        FragmentHeader a = before.header();
        FragmentHeader b = after.header();
        if (!b.start().isAfter(a.start())) {
            report(
                    after,
                    "starts at %s, not after fragment %d, which starts at %s",
                    b.start(),
                    a.sequence(),
                    a.start());
        }
    }

    private void checkNeighbours(ArchivedFragment before, ArchivedFragment after) {
        FragmentHeader a = before.header();
        FragmentHeader b = after.header();
        if (b.start().isBefore(a.end())) {
            report(
                    after,
                    "starts at %s, before fragment %d ends at %s",
                    b.start(),
                    a.sequence(),
                    a.end());
        } else if (b.gapBefore().isEmpty()) {
            checkUnbroken(after, a, b);
        }
    }

    /** Two fragments of a recorder's run of which the later declares no gap before it. */
    private void checkUnbroken(ArchivedFragment after, FragmentHeader a, FragmentHeader b) {
        long leftOut = b.sequence() - a.sequence() - 1;
        boolean follows = b.start().equals(a.end());
        if (leftOut == 0 && !follows) {
            report(
                    after,
                    "starts at %s, but fragment %d ends at %s and no cause is declared",
                    b.start(),
                    a.sequence(),
                    a.end());
        } else if (leftOut > 0 && follows) {
            report(
                    after,
                    "follows fragment %d in time, but %d numbers are left out and no cause is declared",
                    a.sequence(),
                    leftOut);
        }
    }

    private void checkCopies(ArchivedFragment one, ArchivedFragment other) {
        FragmentHeader a = one.header();
        FragmentHeader b = other.header();
        boolean samePlace = a.range().equals(b.range()) || (isFill(one) && isFill(other));
        if (!a.digest().equals(b.digest()) || !samePlace || a.videoFrames() != b.videoFrames()) {
            report(
                    other,
                    "differs from its copy in %s at byte %d",
                    one.recording().name(),
                    one.stored().offset());
        }
    }

    @FormatMethod
    private void report(ArchivedFragment fragment, String what, Object... details) {
        problems.add(
                fragment.problem(
                        "fragment %d of run %s %s"
                                .formatted(
                                        fragment.header().sequence(),
                                        fragment.header().run(),
                                        what.formatted(details))));
    }
}
