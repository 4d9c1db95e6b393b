package io.gapless.simulator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a camera treats its sessions.
 *
 * @param encoderPerSession whether each session gets an encoding of its own of the same pictures:
 *     other bits, key frames elsewhere, the same frame counters and times
 * @param timeout a session ends when the client says nothing for so long; at least 1 s
 */
public record Sessions(SessionStart start, boolean encoderPerSession, Duration timeout) {
    static final Sessions DEFAULT =
            new Sessions(SessionStart.KEY_FRAME, false, Duration.ofSeconds(60));

    public Sessions {
        requireNonNull(start, "start is null");
        if (timeout.toSeconds() < 1) {
            throw new IllegalArgumentException("a session must last at least a second");
        }
        if (encoderPerSession && start == SessionStart.FORCED_KEY_FRAME) {
            throw new IllegalArgumentException(
                    "an encoder per session has no other session to force a key frame on");
        }
    }
}
