package io.gapless.backfill;

import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.media.stitch.Hole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sorts a camera's holes by what can be done about them now.
 *
 * @param ask the rings for these, in order of time
 * @param expired lie so far back that no ring can have them any more
 * @param waiting others, for later
 */
record HoleChoice(List<Hole> ask, List<Hole> expired, List<Hole> waiting) {
    /**
     * A hole with nothing behind it yet: the camera or its recorder is away, or just come back with
     * its first fragment still under way; or with no more behind it than that one, which proves
     * little as long as it may be the beginning of another. Only what is older is fetched.
     */
    private static final Duration OPEN_END = Duration.ofSeconds(30);

    /**
     * @param oldest what lies before is in no ring any more
     * @param settled has been given up already
     * @param doubt where holes may be none
     */
    static HoleChoice of(
            Sight sight, MediaTime now, MediaTime oldest, Ranges settled, Doubt doubt) {
        HoleChoice choice = new HoleChoice(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (List<Hole> chain : chains(unsettled(sight.holes(), settled))) {
            choice.sort(chain, sight, now, oldest, doubt);
        }
        return choice;
    }

    /**
     * What recordings that cannot be read may hold.
     *
     * @param waits what is not to be asked for yet
     * @param keeps what is never to be given up
     */
    record Doubt(Predicate<TimeRange> waits, Predicate<TimeRange> keeps) {}

    private static List<Hole> unsettled(List<Hole> holes, Ranges settled) {
        return holes.stream()
                .flatMap(
                        hole ->
                                settled.missingOf(hole.range()).stream()
                                        .map(part -> new Hole(part, hole.cause())))
                .toList();
    }

    /** Holes without anything between them share their fate. */
    private static List<List<Hole>> chains(List<Hole> holes) {
        List<List<Hole>> chains = new ArrayList<>();
        MediaTime end = new MediaTime(Long.MIN_VALUE);
        for (Hole hole : holes) {
            if (chains.isEmpty() || hole.range().from().isAfter(end)) {
                chains.add(new ArrayList<>());
            }
            chains.get(chains.size() - 1).add(hole);
            end = MediaTime.max(end, hole.range().to());
        }
        return chains;
    }

    private void sort(List<Hole> chain, Sight sight, MediaTime now, MediaTime oldest, Doubt doubt) {
        MediaTime from = chain.get(0).range().from();
        MediaTime to = chain.get(chain.size() - 1).range().to();
        MediaTime known = sight.range().from().plusTicks(MediaTime.ticks(HoleGroup.MARGIN));
        boolean isClosed = sight.lastStart().map(to::isBefore).orElse(false);
        MediaTime end = isClosed ? to : now.plusTicks(-MediaTime.ticks(OPEN_END));
        TimeRange all = new TimeRange(from, to);
        boolean waits =
                MediaTime.max(from, oldest).isBefore(known)
                        || sight.awaitsRecovery().test(all)
                        || doubt.waits().test(all);
        boolean kept = doubt.keeps().test(all);
        for (Hole hole : chain) {
            TimeRange range = hole.range();
            split(hole, range.from(), oldest).ifPresent(kept ? waiting::add : expired::add);
            split(hole, MediaTime.max(range.from(), oldest), end)
                    .ifPresent(waits ? waiting::add : ask::add);
            split(hole, MediaTime.max(oldest, end), range.to()).ifPresent(waiting::add);
        }
    }

    private static Optional<Hole> split(Hole hole, MediaTime from, MediaTime to) {
        return from.isBefore(to)
                ? Ranges.common(hole.range(), new TimeRange(from, to))
                        .map(part -> new Hole(part, hole.cause()))
                : Optional.empty();
    }
}
