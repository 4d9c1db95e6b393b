package io.gapless.job.cli;

import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A half-open range of time; without ends, all that is recorded. */
final class RangeOptions {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = PointInTime.class,
            description =
                    "Start, ISO-8601 UTC or relative such as -10m (default: the first frame).")
    private Optional<Instant> from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = PointInTime.class,
            description = "End, exclusive (default: the last frame).")
    private Optional<Instant> to;

    Optional<Instant> from() {
        return from;
    }

    Optional<Instant> to() {
        return to;
    }
}
