package io.gapless.media.timeline;

import static java.util.Objects.requireNonNull;

import io.gapless.media.GapCause;
import io.gapless.media.MediaTime;

/** A stretch [start, end) of a timeline without its frames. */
public record Gap(MediaTime start, MediaTime end, GapCause cause, State state) {
    /** Whether a replica may still fill it. */
    public enum State {
        OPEN,
        LOST
    }

    public Gap {
        requireNonNull(start, "start is null");
        requireNonNull(end, "end is null");
        requireNonNull(cause, "cause is null");
        requireNonNull(state, "state is null");
    }
}
