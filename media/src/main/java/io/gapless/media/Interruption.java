package io.gapless.media;

import static java.util.Objects.requireNonNull;

/**
 * A camera's video stopped, or did not begin. It opens a gap, which the first fragment of the next
 * run ends.
 *
 * @param at the end of the last frame received, or the time at which video should have begun
 * @param detail one sentence for people, without credentials
 */
public record Interruption(CameraId camera, MediaTime at, GapCause cause, String detail)
        implements CameraEvent {
    public Interruption {
        requireNonNull(camera, "camera is null");
        requireNonNull(at, "at is null");
        requireNonNull(cause, "cause is null");
        requireNonNull(detail, "detail is null");
    }
}
