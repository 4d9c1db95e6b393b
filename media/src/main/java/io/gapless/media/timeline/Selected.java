package io.gapless.media.timeline;

import static java.util.Objects.requireNonNull;

import io.gapless.media.TimeRange;

/**
 * A fragment, or the part of one, that a timeline shows.
 *
 * @param stretch the time that is shown by it alone
 * @param part the frames presented in it count, the others are out of range or shown by another
 *     fragment; the stretch itself, but half a frame earlier where it borders on another run's,
 *     whose clock may differ a little
 * @param frames how many count, possibly 0
 */
public record Selected<E>(E fragment, TimeRange stretch, TimeRange part, long frames) {
    public Selected {
        requireNonNull(fragment, "fragment is null");
        requireNonNull(stretch, "stretch is null");
        requireNonNull(part, "part is null");
    }
}
