package io.gapless.media.stitch;

import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Covers one hole after the other, each from its beginning to its end, with whole fragments that
 * join exactly; of several that could go on the one whose run goes on longest, so that runs change
 * seldom. Where none goes on, a gap remains; there damaged fragments are better than nothing.
 */
final class Cover {
    private final List<FragmentHeader> primary;
    private final List<Placed> whole;
    private final List<Placed> damaged;
    private final List<FragmentHeader> fills = new ArrayList<>();
    private final List<TimeRange> unfilled = new ArrayList<>();

    private Hole hole;
    private long at;
    private Optional<Placed> last = Optional.empty();

    /**
     * @param primary what is shown
     * @param offered in order of time
     */
    Cover(List<FragmentHeader> primary, List<Placed> offered) {
        this.primary = primary;
        this.whole = offered.stream().filter(p -> !p.header().damaged()).toList();
        this.damaged = offered.stream().filter(p -> p.header().damaged()).toList();
    }

    List<FragmentHeader> fills() {
        return fills.stream().sorted(Comparator.comparing(FragmentHeader::start)).toList();
    }

    List<TimeRange> unfilled() {
        return unfilled;
    }

    /** Holes are to be given in order. */
    void cover(Hole next) {
        hole = next;
        at = from();
        last = last.filter(fill -> fill.to() > from());
        last.ifPresent(fill -> at = fill.to());
        while (at < to()) {
            Optional<Placed> fill =
                    completing()
                            .or(() -> joining(this::sharesCut))
                            .or(() -> overlapping(Placed::proven))
                            .or(() -> joining(p -> true))
                            .or(() -> overlapping(Placed::key));
            if (fill.isPresent()) {
                join(fill.get());
            } else {
                leaveGap();
            }
        }
    }

    private long from() {
        return hole.range().from().ticks90k();
    }

    private long to() {
        return hole.range().to().ticks90k();
    }

    /** Those that begin with all that the primary has of an unfinished group of pictures. */
    private Optional<Placed> completing() {
        if (last.isPresent() || at != from()) {
            return Optional.empty();
        }
        return primary.stream()
                .filter(f -> !f.damaged() && f.end().ticks90k() == at)
                .flatMap(
                        f ->
                                whole.stream()
                                        .filter(Placed::proven)
                                        .filter(p -> p.from() == f.start().ticks90k())
                                        .filter(p -> p.header().videoFrames() > f.videoFrames()))
                .max(Comparator.comparing(Placed::to).thenComparing(Placed::reach));
    }

    /** Those that begin exactly here: the longest, then the one that needs no change of run. */
    private Optional<Placed> joining(Predicate<Placed> how) {
        List<Placed> joining =
                whole.stream()
                        .filter(p -> p.anchored() || p.key() || continues(p))
                        .filter(this::beginsHere)
                        .filter(how)
                        .toList();
        Optional<Placed> longest = joining.stream().max(Comparator.comparing(Placed::to));
        return joining.stream()
                .filter(p -> p.to() + p.halfFrame() >= longest.orElseThrow().to())
                .max(
                        Comparator.<Placed, Boolean>comparing(Placed::anchored)
                                .thenComparing(this::continues)
                                .thenComparing(Placed::reach));
    }

    private boolean beginsHere(Placed p) {
        boolean sameCut = last.filter(l -> l.endCut() == p.startCut()).isPresent();
        boolean near = Math.abs(p.from() - at) <= p.halfFrame() && !beginsWithWhatIsShown(p);
        return (sameCut || near) && p.to() > at + p.halfFrame();
    }

    /**
     * Were it moved, be it by less than half of its stretched frames, that would be shown twice.
     */
    private boolean beginsWithWhatIsShown(Placed p) {
        return last.isEmpty() && p.proven() && p.from() < at;
    }

    private boolean sharesCut(Placed p) {
        return last.map(l -> l.endCut() == p.startCut()).orElse(p.known() && p.from() == at);
    }

    private boolean continues(Placed p) {
        return last.filter(p::sameRun).isPresent();
    }

    /**
     * Those that begin earlier with a key frame: where the primary has the beginning of the same
     * group of pictures, or, placed by time, so that no frame is missing.
     */
    private Optional<Placed> overlapping(Predicate<Placed> how) {
        return whole.stream()
                .filter(p -> p.from() < at && p.to() > at + p.halfFrame())
                .filter(how)
                .filter(p -> last.isEmpty() || !p.anchored())
                .max(
                        Comparator.comparing(Placed::anchored)
                                .thenComparing(Placed::proven)
                                .thenComparing(Placed::reach)
                                .thenComparing(Placed::from));
    }

    private void join(Placed fill) {
        boolean exact = last.map(l -> joins(l, fill)).orElse(fill.anchored());
        boolean here = beginsHere(fill);
        boolean seam = !exact || (!here && hidesPrimary(fill));
        add(fill.at(here ? at : fill.from(), end(fill)), Optional.empty(), seam);
    }

    private static boolean joins(Placed before, Placed after) {
        return before.endCut() == after.startCut()
                || before.sameRun(after)
                || (before.anchored() && after.anchored());
    }

    /** Ends with the hole if it ends there but for a fraction of a frame. */
    private long end(Placed fill) {
        return Math.abs(fill.to() - to()) <= fill.halfFrame() ? to() : fill.to();
    }

    /**
     * Whether the beginning of the group of pictures that the primary has cannot stay: because it
     * is another's, or because the fill is stretched so that its rest would not continue it.
     */
    private boolean hidesPrimary(Placed fill) {
        if (!fill.proven()) {
            return true;
        }
        return primary.stream()
                .filter(p -> !p.damaged() && p.start().ticks90k() == fill.from())
                .anyMatch(p -> stretch(fill) * p.durationTicks90k() > Run.frame(p) / 4.0);
    }

    private static double stretch(Placed fill) {
        return Math.abs((double) (fill.to() - fill.from()) / fill.header().durationTicks90k() - 1);
    }

    private void leaveGap() {
        Optional<Placed> next =
                whole.stream()
                        .filter(p -> p.from() > at && p.from() < to() - p.halfFrame())
                        .filter(p -> p.anchored() || p.key())
                        .min(
                                Comparator.comparing(Placed::from)
                                        .thenComparing(Placed::reach, Comparator.reverseOrder()));
        long until = next.map(Placed::from).orElse(to());
        unfilled.add(new TimeRange(new MediaTime(at), new MediaTime(until)));
        patch(at, until);
        at = until;
        last = Optional.empty();
        next.ifPresent(p -> add(p.at(p.from(), end(p)), cause(p), !p.anchored()));
    }

    private Optional<GapCause> cause(Placed placed) {
        return placed.header().gapBefore().or(() -> Optional.of(hole.cause()));
    }

    private void add(Placed fill, Optional<GapCause> gapBefore, boolean seam) {
        long shortest = fill.from() + fill.header().videoFrames();
        Placed lasting = fill.at(fill.from(), Math.max(fill.to(), shortest));
        fills.add(placed(lasting, gapBefore, seam));
        at = lasting.to();
        last = Optional.of(lasting);
    }

    private static FragmentHeader placed(Placed p, Optional<GapCause> gapBefore, boolean seam) {
        return p.header()
                .placed(
                        new MediaTime(p.from()),
                        p.to() - p.from(),
                        gapBefore,
                        Origin.REPLICA,
                        seam);
    }

    /** Damaged fragments where the primary has nothing at all. */
    private void patch(long from, long until) {
        long end = from;
        boolean first = true;
        for (Placed p : damaged) {
            boolean fits =
                    p.from() >= end - p.halfFrame()
                            && p.from() < until - p.halfFrame()
                            && p.to() <= until + p.halfFrame();
            if (fits && isBare(p)) {
                long start = Math.abs(p.from() - end) <= p.halfFrame() ? end : p.from();
                boolean joins = start == end && !first;
                fills.add(
                        placed(
                                p.at(start, Math.min(p.to(), until)),
                                joins ? p.header().gapBefore() : cause(p),
                                !p.anchored()));
                end = Math.min(p.to(), until);
                first = false;
            }
        }
    }

    private boolean isBare(Placed p) {
        TimeRange middle =
                new TimeRange(
                        new MediaTime(p.from() + p.halfFrame()),
                        new MediaTime(p.to() - p.halfFrame()));
        return primary.stream().noneMatch(f -> f.range().overlaps(middle));
    }
}
