package io.gapless.ring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks at a ring's files with means other than the ring's. */
final class RingFiles {
    private RingFiles() {}

    /** All segments, by path. */
    static List<Path> all(Path directory) throws IOException {
        Path recordings = directory.resolve("recordings");
        if (!Files.exists(recordings)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(recordings)) {
            return paths.filter(p -> p.getFileName().toString().contains(".mp4")).sorted().toList();
        } catch (UncheckedIOException e) {
            return all(directory); // something was deleted while it walked
        }
    }

    static List<Path> finished(Path directory) throws IOException {
        return all(directory).stream().filter(p -> p.toString().endsWith(".mp4")).toList();
    }

    static List<Path> open(Path directory) throws IOException {
        return all(directory).stream().filter(p -> p.toString().endsWith(".open")).toList();
    }

    static long bytes(Path directory) throws IOException {
        long bytes = 0;
        for (Path file : all(directory)) {
            try {
                bytes += Files.size(file);
            } catch (java.nio.file.NoSuchFileException e) {
                // renamed or deleted meanwhile; the next look will tell
            }
        }
        return bytes;
    }
}
