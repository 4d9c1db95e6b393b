package io.gapless.system.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioFileTest {
    @TempDir private Path directory;

    @Test
    void everyShippedScenarioCanBeRead() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "resources", "fire"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                Scenario scenario = ScenarioFile.read(file.toString(), Optional.of(1L));
                assertThat(scenario.steps()).as("%s", file).isNotEmpty();
                assertThat(scenario.ends())
                        .as("%s", file)
                        .isGreaterThan(scenario.steps().get(scenario.steps().size() - 1).at());
            }
        }
    }

    @Test
    void aScenarioSaysWhatWhenAndWhatMustHold() throws IOException {
        Path file =
                Files.writeString(
                        directory.resolve("slow.yaml"),
                        """
                        title: Slow
                        site: {cameras: 2, settings: {backfill.interval: 9 s}}
                        steps:
                          - {at: 2m, heal: primary-hdfs, timed: true}
                          - {at: 5s, slow: primary-hdfs, percent: 50}
                        ends: 3m
                        demands: {live-gaps: none, recording-again: 15s}
                        """);

        Scenario scenario = ScenarioFile.read(file.toString(), Optional.empty());

        assertThat(scenario.steps())
                .containsExactly(
                        new Step(Duration.ofSeconds(5), Verb.SLOW, "primary-hdfs", 50, false),
                        new Step(Duration.ofMinutes(2), Verb.HEAL, "primary-hdfs", 0, true));
        assertThat(scenario.ends()).isEqualTo(Duration.ofMinutes(3));
        assertThat(scenario.site().cameras()).isEqualTo(2);
        assertThat(scenario.site().settings()).containsEntry("backfill.interval", "9 s");
        assertThat(scenario.demands().liveGaps()).isEqualTo(Demands.LiveGaps.NONE);
        assertThat(scenario.demands().recordingAgain()).contains(Duration.ofSeconds(15));
    }

    @Test
    void theSameSeedMeansTheSameFaults() throws IOException {
        List<Step> once = ScenarioFile.read("random-domains", Optional.of(7L)).steps();
        List<Step> again = ScenarioFile.read("random-domains", Optional.of(7L)).steps();
        List<Step> other = ScenarioFile.read("random-domains", Optional.of(8L)).steps();

        assertThat(again).isEqualTo(once).isNotEqualTo(other).hasSize(12);
    }
}
