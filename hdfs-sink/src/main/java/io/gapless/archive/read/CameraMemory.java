package io.gapless.archive.read;

import io.gapless.archive.ArchiveEntry;
import io.gapless.archive.GapNote;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What a look has read of a camera's files, for the next look.
 *
 * @param fragments of all recordings, by which the memory that this takes is reckoned
 */
record CameraMemory(
        Instant lookedAt,
        Map<LocalDate, Listing> listings,
        Map<ArchiveEntry, IndexedRecording> recordings,
        Map<ArchiveEntry, GapNote> notes,
        long fragments) {
    static final CameraMemory NOTHING =
            new CameraMemory(Instant.MIN, Map.of(), Map.of(), Map.of(), 0);

    /** What a day's directory held at a time. */
    record Listing(List<ArchiveEntry> entries, Instant at) {}
}
