package io.gapless.system.backfill;

import io.gapless.system.backfill.RawFragment.RawFrame;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * What the counters say of a camera.
 *
 * @param found different frames that are shown, from the first to the last
 * @param duplicated frames that are shown once more
 * @param missing stretches of frames between the first and the last that are not shown
 * @param misplaced neighbouring frames that are shown in another order than the camera took them,
 *     or, if its clock is steady, nearer or farther from one another than by a quarter of a frame
 * @param rawDuplicates frames that stand in the archive once more, shown or not
 */
public record Judgement(
        String camera,
        long first,
        long last,
        long found,
        long duplicated,
        List<Missing> missing,
        List<String> misplaced,
        long rawDuplicates) {
    /**
     * Frames not shown.
     *
     * @param last inclusive
     * @param fromTicks90k when the frame before is shown
     * @param toTicks90k when the frame after is shown
     */
    public record Missing(long first, long last, long fromTicks90k, long toTicks90k) {
        public long frames() {
            return last - first + 1;
        }
    }

    /** Whether a camera's clock goes on from session to session. */
    public enum Clock {
        STEADY,
        /** What fills a gap has as much time as the clock says, so its pace may be any. */
        STEPPING
    }

    private static final int MOST_REORDERED = 5;
    private static final double TICKS_PER_MICRO = 0.09;

    public static Judgement of(String camera, Collection<RawFragment> fragments) {
        return of(camera, Clock.STEADY, fragments);
    }

    static Judgement of(String camera, Clock clock, Collection<RawFragment> fragments) {
        List<RawFrame> shown = Showing.of(fragments);
        if (shown.isEmpty()) {
            throw new AssertionError("the archive shows nothing of " + camera);
        }
        TreeMap<Long, RawFrame> byCounter = new TreeMap<>();
        shown.forEach(frame -> byCounter.putIfAbsent(frame.counter(), frame));
        long raw = fragments.stream().mapToLong(f -> f.frames().size()).sum();
        long different =
                fragments.stream()
                        .flatMap(f -> f.frames().stream())
                        .map(RawFrame::counter)
                        .distinct()
                        .count();
        return new Judgement(
                camera,
                byCounter.firstKey(),
                byCounter.lastKey(),
                byCounter.size(),
                shown.size() - byCounter.size(),
                missing(byCounter),
                misplaced(clock, shown),
                raw - different);
    }

    private static List<Missing> missing(TreeMap<Long, RawFrame> byCounter) {
        List<Missing> missing = new ArrayList<>();
        Map.Entry<Long, RawFrame> before = byCounter.firstEntry();
        for (Map.Entry<Long, RawFrame> entry : byCounter.entrySet()) {
            if (entry.getKey() > before.getKey() + 1) {
                missing.add(
                        new Missing(
                                before.getKey() + 1,
                                entry.getKey() - 1,
                                latest(byCounter.headMap(entry.getKey(), false).descendingMap()),
                                earliest(byCounter.tailMap(entry.getKey()))));
            }
            before = entry;
        }
        return missing;
    }

    /** The frame sent last is not always shown last. */
    private static long latest(Map<Long, RawFrame> lastFirst) {
        return nearest(lastFirst).max().orElseThrow();
    }

    private static long earliest(Map<Long, RawFrame> firstFirst) {
        return nearest(firstFirst).min().orElseThrow();
    }

    private static LongStream nearest(Map<Long, RawFrame> frames) {
        return frames.values().stream().limit(MOST_REORDERED).mapToLong(RawFrame::ticks90k);
    }

    /** Time goes by in the archive as it did at the camera. */
    private static List<String> misplaced(Clock clock, List<RawFrame> shown) {
        List<String> misplaced = new ArrayList<>();
        double frame = usualStep(shown);
        for (int i = 1; i < shown.size(); i++) {
            RawFrame before = shown.get(i - 1);
            RawFrame after = shown.get(i);
            double captured = (after.captureMicros() - before.captureMicros()) * TICKS_PER_MICRO;
            long placed = after.ticks90k() - before.ticks90k();
            boolean paced = clock == Clock.STEADY && captured < 1.5 * frame;
            if (captured <= 0 || (paced && Math.abs(captured - placed) > frame / 4)) {
                misplaced.add(
                        "frames %d and %d: %.1f frames apart, placed %.1f apart at %d"
                                .formatted(
                                        before.counter(),
                                        after.counter(),
                                        captured / frame,
                                        placed / frame,
                                        before.ticks90k()));
            }
        }
        return misplaced;
    }

    private static double usualStep(List<RawFrame> shown) {
        List<Long> steps = new ArrayList<>();
        for (int i = 1; i < shown.size(); i++) {
            steps.add(shown.get(i).captureMicros() - shown.get(i - 1).captureMicros());
        }
        steps.sort(null);
        return steps.isEmpty() ? 1 : steps.get(steps.size() / 2) * TICKS_PER_MICRO;
    }

    public boolean isMissing(long counter) {
        return missing.stream().anyMatch(m -> m.first() <= counter && counter <= m.last());
    }

    public long expected() {
        return last - first + 1;
    }

    public boolean isWhole() {
        return missing.isEmpty() && duplicated == 0;
    }
}
