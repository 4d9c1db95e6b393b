package io.gapless.media.timeline;

import static java.util.Objects.requireNonNull;

import io.gapless.media.TimeRange;

/**
 * A fragment, or the part of one, that a timeline shows.
 *
 * @param part the frames presented in it count, the others are out of range or shown by another
 *     fragment
 * @param frames how many count, possibly 0
 */
public record Selected<E>(E fragment, TimeRange part, long frames) {
    public Selected {
        requireNonNull(fragment, "fragment is null");
        requireNonNull(part, "part is null");
    }
}
