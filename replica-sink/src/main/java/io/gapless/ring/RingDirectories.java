package io.gapless.ring;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.media.layout.RecordingName;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * The directories of one ring, each on a disk of its own if there are several disks. In each lie
 * recordings as in the archive: {@code DIR/recordings/DAY/CAMERA/HHmmss.SSSZ-EPOCH.mp4[.open]}.
 *
 * @param directories at least one; made absolute, each once
 */
public record RingDirectories(List<Path> directories) {
    static final String FINISHED = ".mp4";
    static final String OPEN = ".mp4.open";

    public RingDirectories {
        requireNonNull(directories, "directories is null");
        directories =
                directories.stream().map(d -> d.toAbsolutePath().normalize()).distinct().toList();
        if (directories.isEmpty()) {
            throw new IllegalArgumentException("a ring needs at least one directory");
        }
    }

    /** Where the days of a directory lie. */
    static Path recordings(Path directory) {
        return directory.resolve("recordings");
    }

    /** Where a camera's recordings of a UTC day lie in one directory. */
    static Path cameraDay(Path directory, LocalDate day, CameraId camera) {
        return recordings(directory).resolve(day.toString()).resolve(camera.value());
    }

    /** The day that a directory of {@link #recordings} holds. */
    static Optional<LocalDate> parseDay(String name) {
        try {
            return Optional.of(LocalDate.parse(name));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The camera that a directory of a day belongs to. */
    static Optional<CameraId> parseCamera(String name) {
        try {
            return Optional.of(new CameraId(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The segment that a file of a camera's day is. */
    static Optional<RecordingName> parseSegment(LocalDate day, String fileName) {
        return suffix(fileName)
                .flatMap(
                        suffix ->
                                RecordingName.parse(
                                        day,
                                        fileName.substring(
                                                0, fileName.length() - suffix.length())));
    }

    private static Optional<String> suffix(String fileName) {
        if (fileName.endsWith(OPEN)) {
            return Optional.of(OPEN);
        }
        return fileName.endsWith(FINISHED) ? Optional.of(FINISHED) : Optional.empty();
    }
}
