package io.gapless.system.backfill;

import io.gapless.system.backfill.RawFragment.RawFrame;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Which frames an archive shows of all it holds: the rule of {@code docs/archive-format.md} a
 * second time, frame by frame. Each identity counts once; whole fragments go before damaged ones;
 * what a seam of another run cuts off goes behind all else of its kind; then the primary goes
 * before the replica, then the run that started earlier. Where one fragment overlaps another, a
 * frame belongs to the time that it is less than half a frame away from.
 */
final class Showing {
    private record Identity(UUID run, long sequence) {}

    /** A stretch of time that a fragment would fill. */
    private record Claim(RawFragment fragment, long from, long to, boolean cutOff) {
        boolean overlaps(Claim other) {
            return other.from < to && from < other.to;
        }

        boolean holds(long ticks90k) {
            long halfFrame = fragment.frameTicks90k() / 2;
            return ticks90k >= from - halfFrame && ticks90k < to - halfFrame;
        }
    }

    private final Map<UUID, Long> runStarts = new HashMap<>();
    private final List<RawFragment> kept = new ArrayList<>();
    private final List<RawFrame> shown = new ArrayList<>();

    private Showing(Collection<RawFragment> fragments) {
        fragments.forEach(f -> runStarts.merge(f.run(), f.startTicks90k(), Math::min));
        Set<Identity> seen = new HashSet<>();
        fragments.stream()
                .sorted(bestFirst())
                .filter(f -> seen.add(new Identity(f.run(), f.sequence())))
                .filter(f -> !hasTwin(f))
                .forEach(kept::add);
        List<Claim> better = new ArrayList<>();
        for (Claim claim : claims()) {
            show(claim, better);
            better.add(claim);
        }
    }

    /** All frames that are shown, in order of time. */
    static List<RawFrame> of(Collection<RawFragment> fragments) {
        return new Showing(fragments)
                .shown.stream().sorted(Comparator.comparingLong(RawFrame::ticks90k)).toList();
    }

    private Comparator<RawFragment> bestFirst() {
        return Comparator.comparing(RawFragment::damaged)
                .thenComparing(RawFragment::replica)
                .thenComparing(f -> runStarts.get(f.run()))
                .thenComparing(RawFragment::run)
                .thenComparing(RawFragment::sequence)
                .thenComparing(RawFragment::seam)
                .thenComparing(RawFragment::startTicks90k);
    }

    /** Two recorders of the same stream, one of which was believed dead. */
    private boolean hasTwin(RawFragment fragment) {
        return kept.stream()
                .anyMatch(
                        other ->
                                other.digest().equals(fragment.digest())
                                        && !other.run().equals(fragment.run())
                                        && 2 * distance(other, fragment)
                                                < fragment.durationTicks90k());
    }

    private static long distance(RawFragment a, RawFragment b) {
        return Math.abs(a.startTicks90k() - b.startTicks90k());
    }

    private List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        for (RawFragment fragment : kept) {
            long cut = Math.min(fragment.endTicks90k(), seamAfter(fragment));
            claims.add(new Claim(fragment, fragment.startTicks90k(), cut, false));
            if (cut < fragment.endTicks90k()) {
                claims.add(new Claim(fragment, cut, fragment.endTicks90k(), true));
            }
        }
        claims.sort(
                Comparator.<Claim, Boolean>comparing(c -> c.fragment().damaged())
                        .thenComparing(Claim::cutOff)
                        .thenComparing(Claim::fragment, bestFirst()));
        return claims;
    }

    private void show(Claim claim, List<Claim> allBetter) {
        List<Claim> better = allBetter.stream().filter(claim::overlaps).toList();
        claim.fragment().frames().stream()
                .filter(frame -> claim.holds(frame.ticks90k()))
                .filter(frame -> better.stream().noneMatch(b -> b.holds(frame.ticks90k())))
                .forEach(shown::add);
    }

    /**
     * Where a seam of another run cuts this fragment off; a damaged one does not cut whole ones.
     */
    private long seamAfter(RawFragment fragment) {
        return kept.stream()
                .filter(RawFragment::seam)
                .filter(seam -> !seam.run().equals(fragment.run()))
                .filter(seam -> fragment.damaged() || !seam.damaged())
                .mapToLong(RawFragment::startTicks90k)
                .filter(start -> start >= fragment.startTicks90k())
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
