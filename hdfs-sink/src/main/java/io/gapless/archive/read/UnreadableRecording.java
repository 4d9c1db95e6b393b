package io.gapless.archive.read;

import static java.util.Objects.requireNonNull;

import io.gapless.archive.ArchiveEntry;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A recording that exists and could not be read just now. What it holds is not known; that may be
 * anything, or nothing, of {@code mayHold}.
 *
 * @param mayHold from the start in its name to the end of its clock hour, in which all its
 *     fragments start; nothing else bounds it
 */
public record UnreadableRecording(Problem problem, TimeRange mayHold) {
    public UnreadableRecording {
        requireNonNull(problem, "problem is null");
        requireNonNull(mayHold, "mayHold is null");
    }

    static UnreadableRecording of(ArchiveEntry entry, Problem problem) {
        Instant start = entry.name().start();
        Instant end = start.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        return new UnreadableRecording(
                problem, new TimeRange(MediaTime.of(start), MediaTime.of(end)));
    }
}
