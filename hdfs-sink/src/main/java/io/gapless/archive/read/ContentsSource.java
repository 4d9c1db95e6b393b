package io.gapless.archive.read;

import io.gapless.archive.ArchiveEntry;
import io.gapless.archive.GapNote;
import io.gapless.media.CameraId;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Where a {@link ContentsReader} gets directories, indexes and notes from. */
interface ContentsSource {
    /** The UTC days that have a directory, sorted. */
    List<LocalDate> days() throws IOException;

    /** The files of a camera's day, sorted by the start in their names; none if there are none. */
    List<ArchiveEntry> entries(CameraId camera, LocalDate day) throws IOException;

    /** Nothing if the recording has vanished since it was listed. */
    Optional<IndexedRecording> recording(ArchiveEntry listed) throws IOException;

    /** Nothing if the note has vanished since it was listed, or says nothing. */
    Optional<GapNote> note(ArchiveEntry listed) throws IOException;
}
