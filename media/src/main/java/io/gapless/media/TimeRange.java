package io.gapless.media;

import static java.util.Objects.requireNonNull;

/** The half-open range [from, to) of time. */
public record TimeRange(MediaTime from, MediaTime to) {
    public TimeRange {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        if (to.isBefore(from)) {
            throw new IllegalArgumentException(
                    "range ends at %s before it starts at %s".formatted(to, from));
        }
    }

    public long durationTicks90k() {
        return to.ticksSince(from);
    }

    public boolean contains(MediaTime time) {
        return !time.isBefore(from) && time.isBefore(to);
    }

    public boolean overlaps(TimeRange other) {
        return from.isBefore(other.to) && other.from.isBefore(to);
    }
}
