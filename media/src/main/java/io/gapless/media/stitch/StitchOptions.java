package io.gapless.media.stitch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * @param window how far the clocks of two recorders may be apart for their fragments to be compared
 * @param partDigests how many may be asked for in one planning
 */
public record StitchOptions(Duration window, int partDigests) {
    public static final StitchOptions DEFAULT = new StitchOptions(Duration.ofSeconds(11), 128);

    public StitchOptions {
        requireNonNull(window, "window is null");
        if (window.isNegative() || partDigests < 0) {
            throw new IllegalArgumentException(
                    "a window of %s, %d part digests".formatted(window, partDigests));
        }
    }
}
