package io.gapless.media;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** Names a run, an unbroken sequence of fragments from one RTSP session; globally unique. */
public record RunId(UUID value) {
    public RunId {
        requireNonNull(value, "value is null");
    }

    public static RunId random() {
        return new RunId(UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
