package io.gapless.rtsp;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The {@code Session} field of an answer (RFC 2326 section 12.37).
 *
 * @param timeout 60 s if the camera names none
 */
record SessionHeader(String id, Duration timeout) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    static SessionHeader parse(String value) {
        String[] parts = value.split(";", -1);
        Duration timeout = DEFAULT_TIMEOUT;
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip().toLowerCase(Locale.ROOT);
            if (part.startsWith("timeout=")) {
                OptionalInt seconds = RtspNumbers.parse(part.substring("timeout=".length()));
                timeout =
                        seconds.isPresent() && seconds.getAsInt() > 0
                                ? Duration.ofSeconds(seconds.getAsInt())
                                : timeout;
            }
        }
        return new SessionHeader(parts[0].strip(), timeout);
    }

    /** Half the time-out, at most 30 s, at least 1 s. */
    Duration keepAliveInterval() {
        long seconds = Math.min(timeout.toSeconds(), DEFAULT_TIMEOUT.toSeconds());
        return Duration.ofMillis(Math.max(1000, seconds * 500));
    }
}
