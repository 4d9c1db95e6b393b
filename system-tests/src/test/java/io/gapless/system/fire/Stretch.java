package io.gapless.system.fire;

import java.time.Duration;
import java.time.Instant;

/**
 * Frames of a camera that fared alike.
 *
 * @param frames how many
 * @param from when the first was taken
 * @param to when the frame after the last was taken
 */
record Stretch(Fate fate, long frames, Instant from, Instant to) {
    /** What became of a frame, from best to worst. */
    enum Fate {
        /** Recorded by the primary. */
        LIVE('█', "#2e7d32"),
        /** Fetched from a ring. */
        BACKFILLED('▒', "#1565c0"),
        /** Missing and declared; may still be filled. */
        GAP('·', "#f9a825"),
        /** Missing for good and declared. */
        LOST('x', "#c62828"),
        /** Missing, and the archive does not say so: must never be. */
        UNDECLARED('?', "#000000");

        private final char sign;
        private final String colour;

        Fate(char sign, String colour) {
            this.sign = sign;
            this.colour = colour;
        }

        char sign() {
            return sign;
        }

        String colour() {
            return colour;
        }
    }

    Duration duration() {
        return Duration.between(from, to);
    }
}
