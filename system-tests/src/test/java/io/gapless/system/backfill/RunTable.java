package io.gapless.system.backfill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** Prints a line for each run and keeps it in {@code target/backfill-runs.md}. */
final class RunTable {
    private static final Path FILE = Path.of("target", "backfill-runs.md");
    private static final String HEAD =
            """
            | failure | cameras | frames expected | found | duplicated | declared lost | not declared | twice on disk | seconds to whole |
            |---|---|---|---|---|---|---|---|---|
            """;

    private RunTable() {}

    /**
     * @param toWhole from the first live frame after the failure; empty if it is not to become
     *     whole
     */
    static void add(String failure, Collection<Verdict> verdicts, Optional<Duration> toWhole)
            throws IOException {
        String row =
                "| %s | %d | %d | %d | %d | %d | %d | %d | %s |%n"
                        .formatted(
                                failure,
                                verdicts.size(),
                                verdicts.stream().mapToLong(v -> v.frames().expected()).sum(),
                                verdicts.stream().mapToLong(v -> v.frames().found()).sum(),
                                verdicts.stream().mapToLong(v -> v.frames().duplicated()).sum(),
                                verdicts.stream().mapToLong(Verdict::declaredLost).sum(),
                                verdicts.stream().mapToLong(Verdict::notDeclared).sum(),
                                verdicts.stream().mapToLong(v -> v.frames().rawDuplicates()).sum(),
                                toWhole.map(d -> "%.1f".formatted(d.toMillis() / 1e3)).orElse("–"));
        System.out.print(row);
        Files.createDirectories(FILE.getParent());
        if (!Files.exists(FILE)) {
            Files.writeString(FILE, HEAD);
        }
        Files.writeString(FILE, row, StandardOpenOption.APPEND);
    }
}
