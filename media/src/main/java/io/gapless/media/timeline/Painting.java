package io.gapless.media.timeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives every instant to one fragment: to the best of those that cover it. So where runs overlap,
 * no two frames are shown for the same instant.
 *
 * <p>Whole fragments come before damaged ones; what a seam cuts off ({@link SeamCuts}) is shown
 * only where nothing else of its kind is; then the order of {@link Candidate#bestFirst}.
 */
final class Painting<E> {
    /** A part of a fragment that is painted at once. */
    private record Stroke<E>(Candidate<E> candidate, long from, long to, boolean cutOff) {}

    private final TreeMap<Long, Stroke<E>> shown = new TreeMap<>();

    /**
     * @param candidates each once, in any order
     */
    Painting(List<Candidate<E>> candidates) {
        SeamCuts<E> cuts = new SeamCuts<>(candidates);
        List<Stroke<E>> strokes = new ArrayList<>();
        for (Candidate<E> candidate : candidates) {
            long cut = cuts.cut(candidate);
            strokes.add(new Stroke<>(candidate, candidate.start(), cut, false));
            if (cut < candidate.end()) {
                strokes.add(new Stroke<>(candidate, cut, candidate.end(), true));
            }
        }
        strokes.sort(bestFirst());
        strokes.forEach(this::paint);
    }

    private static <E> Comparator<Stroke<E>> bestFirst() {
        return Comparator.<Stroke<E>, Boolean>comparing(s -> s.candidate.header().damaged())
                .thenComparing(Stroke::cutOff)
                .thenComparing(Stroke::candidate, Candidate.bestFirst());
    }

    private void paint(Stroke<E> stroke) {
        long at = stroke.from;
        while (at < stroke.to) {
            Map.Entry<Long, Stroke<E>> over = shown.floorEntry(at);
            if (over != null && over.getValue().to > at) {
                at = over.getValue().to;
            } else {
                Long next = shown.higherKey(at);
                long to = next == null ? stroke.to : Math.min(next, stroke.to);
                shown.put(at, new Stroke<>(stroke.candidate, at, to, stroke.cutOff));
                at = to;
            }
        }
    }

    /** In order of time. */
    List<Piece<E>> pieces() {
        return shown.values().stream().map(this::piece).toList();
    }

    private Piece<E> piece(Stroke<E> stroke) {
        long framesFrom = stroke.from;
        Map.Entry<Long, Stroke<E>> before = shown.lowerEntry(stroke.from);
        if (before != null && stroke.from > stroke.candidate.start()) {
            framesFrom -= halfFrame(before.getValue());
        }
        long framesTo = stroke.to;
        Stroke<E> after = shown.get(stroke.to);
        if (after != null && stroke.to < stroke.candidate.end()) {
            framesTo -= halfFrame(after);
        }
        return new Piece<>(
                stroke.candidate,
                stroke.from,
                stroke.to,
                framesFrom,
                Math.max(framesFrom, framesTo));
    }

    private long halfFrame(Stroke<E> neighbour) {
        return neighbour.candidate.frameTicks90k() / 2;
    }
}
