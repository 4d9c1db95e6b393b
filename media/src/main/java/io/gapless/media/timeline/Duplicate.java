package io.gapless.media.timeline;

import static java.util.Objects.requireNonNull;

/**
 * The same video twice in the archive; counted once.
 *
 * @param dropped what is not shown
 * @param shown what is shown in its place
 */
public record Duplicate<E>(E dropped, E shown) {
    public Duplicate {
        requireNonNull(dropped, "dropped is null");
        requireNonNull(shown, "shown is null");
    }
}
