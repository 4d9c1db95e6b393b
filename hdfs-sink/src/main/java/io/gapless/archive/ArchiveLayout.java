package io.gapless.archive;

import static java.util.Objects.requireNonNull;

import io.gapless.archive.ArchiveEntry.Kind;
import io.gapless.media.CameraId;
import io.gapless.media.layout.RecordingName;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * Where things lie in the archive. Day first, then camera: one listing answers a camera's day, and
 * retention deletes a camera's day in one call.
 *
 * <pre>
 * ROOT/recordings/2026-11-22/CAMERA/142233.500Z-EPOCH.mp4       a finished recording
 * ROOT/recordings/2026-11-22/CAMERA/142233.500Z-EPOCH.mp4.open  the same while it is written
 * ROOT/recordings/2026-11-22/CAMERA/142233.500Z-EPOCH.gap       why there is no video
 * </pre>
 */
public final class ArchiveLayout {
    private static final String RECORDINGS = "recordings";

    private final Path recordings;

    public ArchiveLayout(Path root) {
        this.recordings = new Path(requireNonNull(root, "root is null"), RECORDINGS);
    }

    /** Holds one directory a day. */
    public Path recordings() {
        return recordings;
    }

    /** Holds one directory a camera. */
    public Path day(LocalDate day) {
        return new Path(recordings, day.toString());
    }

    public Path cameraDay(CameraId camera, LocalDate day) {
        return new Path(day(day), camera.value());
    }

    public Path path(ArchiveEntry entry) {
        return new Path(
                cameraDay(entry.camera(), entry.name().day()),
                entry.name() + entry.kind().suffix());
    }

    /** The day a directory of {@link #recordings()} stands for; nothing if it is no day's. */
    public static Optional<LocalDate> parseDay(String directoryName) {
        try {
            return Optional.of(LocalDate.parse(directoryName));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** What a file in {@link #cameraDay} is; nothing if it is none of the archive's. */
    public static Optional<ArchiveEntry> parse(CameraId camera, LocalDate day, String fileName) {
        for (Kind kind : Kind.values()) {
            if (fileName.endsWith(kind.suffix())) {
                String text = fileName.substring(0, fileName.length() - kind.suffix().length());
                return RecordingName.parse(day, text)
                        .map(name -> new ArchiveEntry(camera, name, kind));
            }
        }
        return Optional.empty();
    }
}
