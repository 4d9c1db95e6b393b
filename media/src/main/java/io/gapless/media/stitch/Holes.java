package io.gapless.media.stitch;

import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.media.timeline.Gap;
import io.gapless.media.timeline.Selected;
import io.gapless.media.timeline.TimelineReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds what a replica could better: open gaps, and damaged fragments that are still shown. What
 * adjoins is one hole. What adjoins a lost gap and no open one is given up with it.
 */
public final class Holes {
    /** Longer ones are cut, at the beginning of a group of pictures or inside a gap. */
    private static final long LONGEST_TICKS90K = 300L * MediaTime.TICKS_PER_SECOND;

    /**
     * A gap or a damaged fragment.
     *
     * @param cause absent for a fragment without one
     * @param gop whether a group of pictures begins here
     */
    private record Flaw(TimeRange range, Optional<GapCause> cause, boolean gop, boolean lost) {
        long start() {
            return range.from().ticks90k();
        }

        long end() {
            return range.to().ticks90k();
        }

        boolean isGap() {
            return cause.isPresent();
        }
    }

    private final List<Hole> holes = new ArrayList<>();

    private Holes() {}

    /** In order of time, without overlap, none longer than some minutes. */
    public static <E> List<Hole> of(TimelineReport<E> report, Function<E, FragmentHeader> header) {
        Holes found = new Holes();
        List<Flaw> group = new ArrayList<>();
        for (Flaw flaw : flaws(report, header)) {
            if (!group.isEmpty() && flaw.start() > group.get(group.size() - 1).end()) {
                found.addAll(group);
                group.clear();
            }
            group.add(flaw);
        }
        found.addAll(group);
        return found.holes;
    }

    private static <E> List<Flaw> flaws(
            TimelineReport<E> report, Function<E, FragmentHeader> header) {
        List<Flaw> flaws = new ArrayList<>();
        for (Gap gap : report.timeline().gaps()) {
            TimeRange range = new TimeRange(gap.start(), gap.end());
            flaws.add(
                    new Flaw(
                            range, Optional.of(gap.cause()), false, gap.state() == Gap.State.LOST));
        }
        for (Selected<E> selected : report.fragments()) {
            FragmentHeader h = header.apply(selected.fragment());
            if (h.damaged() && selected.frames() > 0) {
                boolean gop = h.startsWithKeyFrame() && selected.stretch().from().equals(h.start());
                flaws.add(new Flaw(selected.stretch(), Optional.empty(), gop, false));
            }
        }
        flaws.sort(Comparator.comparing(Flaw::start));
        return flaws;
    }

    private void addAll(List<Flaw> group) {
        boolean open = group.stream().anyMatch(f -> f.isGap() && !f.lost());
        boolean lost = group.stream().anyMatch(Flaw::lost);
        if (!group.isEmpty() && (open || !lost)) {
            split(group);
        }
    }

    private void split(List<Flaw> group) {
        GapCause cause =
                group.stream()
                        .flatMap(f -> f.cause().stream())
                        .findFirst()
                        .orElse(GapCause.PACKET_LOSS);
        long from = group.get(0).start();
        long to = from;
        for (Flaw flaw : group) {
            if (flaw.gop() && flaw.start() >= from + LONGEST_TICKS90K) {
                add(from, flaw.start(), cause);
                from = flaw.start();
            }
            to = Math.max(to, flaw.end());
            while (flaw.isGap() && to > from + LONGEST_TICKS90K) {
                add(from, from + LONGEST_TICKS90K, cause);
                from += LONGEST_TICKS90K;
            }
        }
        add(from, to, cause);
    }

    private void add(long from, long to, GapCause cause) {
        if (from < to) {
            holes.add(new Hole(new TimeRange(new MediaTime(from), new MediaTime(to)), cause));
        }
    }
}
