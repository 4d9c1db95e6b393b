package io.gapless.media.timeline;

import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import java.util.Optional;

/**
 * A stretch [from, to) of the timeline shown by one fragment, in ticks of 1/90000 s.
 *
 * @param framesFrom its frames presented in [framesFrom, framesTo) are shown; the stretch itself,
 *     but half a frame earlier where it borders on another run's, whose clock may differ a little
 */
record Piece<E>(Candidate<E> candidate, long from, long to, long framesFrom, long framesTo) {

    /** What lies in {@code range}, if anything does. */
    Optional<Piece<E>> within(TimeRange range) {
        long first = Math.max(framesFrom, range.from().ticks90k());
        long last = Math.min(framesTo, range.to().ticks90k());
        long start = Math.max(from, range.from().ticks90k());
        long end = Math.min(to, range.to().ticks90k());
        if (start >= end && first >= last) {
            return Optional.empty();
        }
        return Optional.of(
                start < end
                        ? new Piece<>(candidate, start, end, first, Math.max(first, last))
                        : new Piece<>(candidate, first, last, first, last));
    }

    boolean showsAll() {
        return framesFrom <= candidate.start() && framesTo >= candidate.end();
    }

    /** Where video begins in it that was placed by time alone. */
    Optional<MediaTime> seam() {
        return candidate.header().seam() && from == candidate.start()
                ? Optional.of(candidate.header().start())
                : Optional.empty();
    }

    TimeRange stretch() {
        return new TimeRange(new MediaTime(from), new MediaTime(to));
    }

    TimeRange frames() {
        return new TimeRange(new MediaTime(framesFrom), new MediaTime(framesTo));
    }
}
