package io.gapless.archive.read;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.google.errorprone.annotations.FormatMethod;
import io.gapless.media.FragmentHeader;
import io.gapless.media.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Checks what a camera's fragments say of their place in their runs. Whether a stretch is missing
 * is not judged here but by the timeline, since another run may fill it.
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
        FragmentHeader a = before.header();
        FragmentHeader b = after.header();
        if (a.sequence() == b.sequence()) {
            checkCopies(before, after);
        } else if (b.start().isBefore(a.end())) {
            report(
                    after,
                    "starts at %s, before fragment %d ends at %s",
                    b.start(),
                    a.sequence(),
                    a.end());
        } else if (b.gapBefore().isEmpty()
                && b.sequence() == a.sequence() + 1
                && b.start().isAfter(a.end())) {
            report(
                    after,
                    "starts at %s, but fragment %d ends at %s and no cause is declared",
                    b.start(),
                    a.sequence(),
                    a.end());
        } else if (b.gapBefore().isEmpty()
                && b.sequence() > a.sequence() + 1
                && b.start().equals(a.end())) {
            report(
                    after,
                    "follows fragment %d in time, but %d numbers are left out and no cause is declared",
                    a.sequence(),
                    b.sequence() - a.sequence() - 1);
        }
    }

    private void checkCopies(ArchivedFragment one, ArchivedFragment other) {
        FragmentHeader a = one.header();
        FragmentHeader b = other.header();
        if (!a.digest().equals(b.digest())
                || !a.range().equals(b.range())
                || a.videoFrames() != b.videoFrames()) {
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
