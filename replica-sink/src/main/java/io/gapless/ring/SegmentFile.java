package io.gapless.ring;

import io.gapless.media.CameraId;
import io.gapless.media.layout.RecordingName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A segment by its name alone.
 *
 * @param open whether it is growing, or was left by a dead writer
 */
record SegmentFile(Path path, CameraId camera, RecordingName name, boolean open) {
    static final Comparator<SegmentFile> OLDEST_FIRST =
            Comparator.comparing((SegmentFile file) -> file.name.start())
                    .thenComparing(file -> file.name.epoch());

    static Optional<SegmentFile> of(Path path, LocalDate day, CameraId camera) {
        String fileName = path.getFileName().toString();
        return RingDirectories.parseSegment(day, fileName)
                .map(
                        name ->
                                new SegmentFile(
                                        path,
                                        camera,
                                        name,
                                        fileName.endsWith(RingDirectories.OPEN)));
    }

    /** Where it lies and what it is called, whether or not it has been finished. */
    Path stem() {
        return path.resolveSibling(name.toString());
    }

    /** What lies in a directory; nothing if it does not exist. */
    static List<Path> list(Path directory) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(paths::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return paths;
    }
}
