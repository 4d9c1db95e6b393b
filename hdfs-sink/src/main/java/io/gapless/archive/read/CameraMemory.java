package io.gapless.archive.read;

import io.gapless.archive.ArchiveEntry;
import io.gapless.archive.GapNote;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What a look has read of a camera's files, for the next look.
 *
 * @param failures of those that could not be read
 * @param fragments of all recordings, by which the memory that this takes is reckoned
 */
record CameraMemory(
        Instant lookedAt,
        Map<LocalDate, Listing> listings,
        Map<ArchiveEntry, IndexedRecording> recordings,
        Map<ArchiveEntry, GapNote> notes,
        Map<ArchiveEntry, Failure> failures,
        long fragments) {
    static final CameraMemory NOTHING =
            new CameraMemory(Instant.MIN, Map.of(), Map.of(), Map.of(), Map.of(), 0);

    /** A recording could not be read, and is not worth another try before a time. */
    record Failure(String why, Duration rest, Instant retry) {
        private static final Duration FIRST_REST = Duration.ofSeconds(30);
        private static final Duration LAST_REST = Duration.ofMinutes(8);

        static Failure first(IOException why, Instant now) {
            return new Failure(String.valueOf(why.getMessage()), FIRST_REST, now.plus(FIRST_REST));
        }

        Failure again(IOException why, Instant now) {
            Duration longer = rest.compareTo(LAST_REST) < 0 ? rest.multipliedBy(2) : LAST_REST;
            return new Failure(String.valueOf(why.getMessage()), longer, now.plus(longer));
        }
    }

    /** What a day's directory held at a time. */
    record Listing(List<ArchiveEntry> entries, Instant at) {}
}
