package io.gapless.media.timeline;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives every instant to one fragment: to the best of those that cover it. So where runs overlap,
 * no two frames are shown for the same instant.
 */
final class Painting<E> {
    private final TreeMap<Long, Piece<E>> pieces = new TreeMap<>();

    /**
     * @param bestFirst the earlier in the list covers the later
     */
    Painting(List<Candidate<E>> bestFirst) {
        bestFirst.forEach(this::add);
    }

    /** In order of time. */
    List<Piece<E>> pieces() {
        return List.copyOf(pieces.values());
    }

    private void add(Candidate<E> candidate) {
        long at = candidate.start();
        while (at < candidate.end()) {
            Map.Entry<Long, Piece<E>> over = pieces.floorEntry(at);
            if (over != null && over.getValue().to() > at) {
                at = over.getValue().to();
            } else {
                Long next = pieces.higherKey(at);
                long to = next == null ? candidate.end() : Math.min(next, candidate.end());
                pieces.put(at, piece(candidate, at, to));
                at = to;
            }
        }
    }

    private Piece<E> piece(Candidate<E> candidate, long from, long to) {
        long framesFrom = from;
        if (from > candidate.start()) {
            framesFrom -= halfFrame(pieces.lowerEntry(from).getValue());
        }
        long framesTo = to;
        if (to < candidate.end()) {
            framesTo -= halfFrame(pieces.get(to));
        }
        return new Piece<>(candidate, from, to, framesFrom, Math.max(framesFrom, framesTo));
    }

    private long halfFrame(Piece<E> neighbour) {
        return neighbour.candidate().frameTicks90k() / 2;
    }
}
