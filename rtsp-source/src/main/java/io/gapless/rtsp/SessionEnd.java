package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.GapCause;
import java.util.concurrent.CompletionException;

/** How a session ended, and so what comes next. */
sealed interface SessionEnd {
    /**
     * The camera, or the way to it, failed.
     *
     * @param sentence for people, continuing "camera x ...". The camera's own words may stand in
     *     it, so it is cut where it gets too long for a log, and is one line
     */
    record Failed(GapCause cause, String sentence) implements SessionEnd {
        private static final int LONGEST = 300;

        public Failed {
            requireNonNull(cause, "cause is null");
            String cut =
                    sentence.length() > LONGEST ? sentence.substring(0, LONGEST) + "..." : sentence;
            sentence = cut.replaceAll("\\p{Cntrl}", "?");
        }
    }

    /** The camera wants to be dialled elsewhere. */
    record Redirected(String location) implements SessionEnd {}

    /** No media comes over UDP; the next session should use TCP. */
    record UdpSilent() implements SessionEnd {}

    /** What ends the session if its dialogue fails. */
    static SessionEnd of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (cause instanceof SessionFailure known) {
            return new Failed(known.gapCause(), known.sentence());
        }
        return cause instanceof Redirection redirection
                ? new Redirected(redirection.location())
                : new Failed(GapCause.CAMERA_PROTOCOL, "answered what cannot be read: " + cause);
    }
}
