package io.gapless.media.timeline;

import static java.util.Objects.requireNonNull;

import io.gapless.media.MediaTime;
import io.gapless.media.Origin;

/** An unbroken stretch [start, end) of a timeline, all its frames from one kind of recorder. */
public record Span(MediaTime start, MediaTime end, long frames, Origin origin) {
    public Span {
        requireNonNull(start, "start is null");
        requireNonNull(end, "end is null");
        requireNonNull(origin, "origin is null");
    }
}
