package io.gapless.media.stitch;

import java.util.Comparator;
import java.util.List;

/**
 * One way to lay two runs upon each other.
 *
 * @param matches in order: fragments of both with the same frames
 * @param contradictions how many fragments would be at the same place with other frames
 * @param distinctive how many matches are of fragments that look like no other
 * @param ambiguityTicks90k how far away the next place is at which it would match as well
 * @param shiftTicks90k time in the first run minus time in the second, on average
 */
record Alignment(
        List<Match> matches,
        int contradictions,
        int distinctive,
        long ambiguityTicks90k,
        long shiftTicks90k) {
    /** A new session may begin with an old group of pictures; a wrong place contradicts often. */
    private static final int MATCHES_PER_CONTRADICTION = 8;

    /** Positions in the first and in the second run. */
    record Match(int first, int second) {}

    boolean isConsistent() {
        return MATCHES_PER_CONTRADICTION * contradictions <= matches.size();
    }

    /** Whether clocks say so, too. */
    boolean fits(Expectation expected) {
        return expected.certain()
                ? off(expected) <= expected.withinTicks90k()
                : off(expected) < ambiguityTicks90k / 2;
    }

    /** How far it is from what is expected. */
    long off(Expectation expected) {
        return Math.abs(shiftTicks90k - expected.shiftTicks90k());
    }

    /** A picture that does not change matches at many places: then the clocks decide. */
    static Comparator<Alignment> bestFirst(Expectation expected) {
        return Comparator.comparingInt(Alignment::contradictions)
                .thenComparing(Comparator.comparingInt(Alignment::distinctive).reversed())
                .thenComparing(a -> a.off(expected));
    }
}
