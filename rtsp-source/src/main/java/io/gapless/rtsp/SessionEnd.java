package io.gapless.rtsp;

import io.gapless.media.GapCause;

/** How a session ended, and so what comes next. */
sealed interface SessionEnd {
    /** The camera, or the way to it, failed. */
    record Failed(GapCause cause, String sentence) implements SessionEnd {}

    /** The camera wants to be dialled elsewhere. */
    record Redirected(String location) implements SessionEnd {}

    /** No media comes over UDP; the next session should use TCP. */
    record UdpSilent() implements SessionEnd {}
}
