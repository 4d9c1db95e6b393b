package io.gapless.archive.sink;

import io.gapless.archive.OpenRecording;
import java.util.List;

/** What a checkpoint keeps of a writer: the recordings to finish if it does not come back. */
public record ArchiveWriterState(List<OpenRecording> openRecordings) {
    public ArchiveWriterState {
        openRecordings = List.copyOf(openRecordings);
    }
}
