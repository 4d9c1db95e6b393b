package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.GapCause;

/** Why a session cannot go on; made and caught within this package. */
final class SessionFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final GapCause cause;

    /**
     * @param sentence for people, continuing "camera x ...", without credentials
     */
    SessionFailure(GapCause cause, String sentence) {
        // Expected and frequent, so without the cost of a stack trace.
        super(requireNonNull(sentence, "sentence is null"), null, false, false);
        this.cause = requireNonNull(cause, "cause is null");
    }

    GapCause gapCause() {
        return cause;
    }

    String sentence() {
        return getMessage();
    }
}
