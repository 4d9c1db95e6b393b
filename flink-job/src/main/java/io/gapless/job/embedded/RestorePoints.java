package io.gapless.job.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a recorder may go on from: checkpoints and savepoints. */
final class RestorePoints {
    private static final int MOST = 3;
    private static final String REFERENCE = "file:";

    private RestorePoints() {}

    /**
     * Checkpoints ({@code JOB/chk-N}) and savepoints ({@code savepoint-X}) under {@code directory},
     * newest first. A savepoint may be moved, a checkpoint names its files by their absolute paths:
     * those made before the directory was moved are left out, for Flink would try them for ever.
     */
    static List<Path> in(Path directory) throws IOException {
        String home = withoutSlashes(directory.toUri().toString());
        try (Stream<Path> files = Files.walk(directory, 3)) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .filter(file -> isAtHome(file, home))
                    .sorted(Comparator.comparing(RestorePoints::modified).reversed())
                    .map(Path::getParent)
                    .limit(MOST)
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        }
    }

    private static boolean isAtHome(Path metadata, String home) {
        try {
            String text = Files.readString(metadata, StandardCharsets.ISO_8859_1);
            return !text.contains(REFERENCE) || text.contains(home);
        } catch (IOException e) {
            // Flink deletes old checkpoints while we look.
            return false;
        }
    }

    /** Flink writes {@code file:/x} where Java writes {@code file:///x}. */
    private static String withoutSlashes(String uri) {
        return uri.replaceFirst("^file:/+", "/");
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
