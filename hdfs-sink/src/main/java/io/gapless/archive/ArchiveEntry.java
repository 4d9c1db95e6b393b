package io.gapless.archive;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.media.layout.RecordingName;

/** A file of the archive, as its path tells it. */
public record ArchiveEntry(CameraId camera, RecordingName name, Kind kind) {
    /** What the file's suffix says of it. */
    public enum Kind {
        /** A finished recording, with or without an index. */
        RECORDING(".mp4"),
        /** A recording that is growing, or was when its writer died. */
        OPEN_RECORDING(".mp4.open"),
        /** Notes why there is no video, or that there never will be ({@link GapNote}). */
        GAP_NOTE(".gap");

        private final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }

        String suffix() {
            return suffix;
        }
    }

    public ArchiveEntry {
        requireNonNull(camera, "camera is null");
        requireNonNull(name, "name is null");
        requireNonNull(kind, "kind is null");
    }

    /** Whether it notes that what is missing of a range of its day is lost for good. */
    public boolean isLostNote() {
        return kind == Kind.GAP_NOTE && WriterIds.isLostNote(name);
    }

    /** The same recording in another state. */
    ArchiveEntry as(Kind other) {
        return new ArchiveEntry(camera, name, other);
    }
}
