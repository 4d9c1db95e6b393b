package io.gapless.archive;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.media.layout.RecordingName;

/** A recording that is not finished: it is growing, being finished, or was left by a failure. */
public record OpenRecording(CameraId camera, RecordingName name) {
    public OpenRecording {
        requireNonNull(camera, "camera is null");
        requireNonNull(name, "name is null");
    }

    ArchiveEntry entry() {
        return new ArchiveEntry(camera, name, ArchiveEntry.Kind.OPEN_RECORDING);
    }

    @Override
    public String toString() {
        return "recording %s %s of camera %s".formatted(name.day(), name, camera);
    }
}
