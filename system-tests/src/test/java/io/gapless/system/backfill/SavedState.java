package io.gapless.system.backfill;

import io.gapless.system.nvr.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** A copy of a job's checkpoints, to be restored when they are stale. */
final class SavedState {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String METADATA = "_metadata";

    private final Path copy;

    private SavedState(Path copy) {
        this.copy = copy;
    }

    /** Copies what a running job has, once it has a checkpoint. */
    static SavedState of(Path state, Path copy) throws Exception {
        Eventually.holds("a checkpoint is copied", LIMIT, () -> isCopied(state, copy));
        return new SavedState(copy);
    }

    /** Puts the copy in the place of all that is there; the job must be dead. */
    void replace(Path state) throws IOException {
        delete(state);
        copy(copy, state);
    }

    /** The newest checkpoint of the copy, once it is in place. */
    Path newestIn(Path state) throws IOException {
        return state.resolve(copy.relativize(newest(copy).orElseThrow())).getParent();
    }

    /** Flink deletes old checkpoints while we copy: the newest of the copy must still be there. */
    private static boolean isCopied(Path from, Path to) throws IOException {
        try {
            delete(to);
            copy(from, to);
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
        return newest(to)
                .filter(file -> Files.exists(from.resolve(to.relativize(file))))
                .isPresent();
    }

    private static Optional<Path> newest(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.endsWith(METADATA))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
