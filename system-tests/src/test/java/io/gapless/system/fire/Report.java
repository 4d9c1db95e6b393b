package io.gapless.system.fire;

import io.gapless.system.backfill.Verdict;
import io.gapless.system.fire.Stretch.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** A scenario's row in the table of {@code docs/reliability.md}. */
final class Report {
    static final String HEAD =
            """
            | scenario | seed | cameras | expected | found | duplicated | declared lost | undeclared | missing after backfill | cameras with live gaps, longest | recording again | whole after | video held, most of budget | |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|---|
            """;
    private static final Path FILE = Path.of("target", "fire", "runs.md");

    private Report() {}

    static String row(Outcome outcome) {
        Scenario scenario = outcome.scenario();
        long expected = outcome.sum(v -> v.frames().expected());
        long found = outcome.sum(v -> v.frames().found());
        return "| %s | %s | %d × %s Mbit/s | %,d | %,d | %d | %,d | %d | %,d | %s | %s | %s | %s | %s |%n"
                .formatted(
                        scenario.title(),
                        scenario.seed() == 0 ? "–" : Long.toString(scenario.seed()),
                        scenario.site().cameras(),
                        Double.toString(scenario.site().mbits()).replaceAll("\\.0$", ""),
                        expected,
                        found,
                        outcome.sum(v -> v.frames().duplicated()),
                        outcome.sum(Verdict::declaredLost),
                        outcome.sum(Verdict::notDeclared),
                        expected - found,
                        liveGaps(outcome),
                        seconds(outcome.recordingAgain()),
                        seconds(outcome.whole()),
                        memory(outcome.samples()),
                        outcome.failures().isEmpty() ? "passed" : "**failed**");
    }

    private static String liveGaps(Outcome outcome) {
        if (outcome.camerasWithLiveGaps() == 0) {
            return "none";
        }
        return "%d, %.1f s (%,d frames filled)"
                .formatted(
                        outcome.camerasWithLiveGaps(),
                        outcome.longestLiveGap().toMillis() / 1e3,
                        outcome.frames(Fate.BACKFILLED));
    }

    private static String seconds(Optional<Duration> duration) {
        return duration.map(d -> "%.1f s".formatted(d.toMillis() / 1e3)).orElse("–");
    }

    private static String memory(Samples samples) {
        return "%d of %d MiB"
                .formatted(samples.memoryHighWater() >> 20, samples.memoryBudget() >> 20);
    }

    /** Adds the row to {@code target/fire/runs.md}. */
    static void keep(String row) throws IOException {
        Files.createDirectories(FILE.getParent());
        if (!Files.exists(FILE)) {
            Files.writeString(FILE, HEAD);
        }
        Files.writeString(FILE, row, StandardOpenOption.APPEND);
    }
}
