package io.gapless.system.fire;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Plays a scenario on a site, judges it, and shows what became of every frame. */
final class Fire {
    private final FireSite site;
    private final PrintStream out;

    Fire(FireSite site, PrintStream out) {
        this.site = site;
        this.out = out;
    }

    /** Plays a scenario, and judges it. */
    Outcome play(Scenario scenario) throws Exception {
        site.awaitReady();
        out.printf("%s %s%n", Instant.now(), scenario.title());
        Player player = new Player(site, out);
        Play play;
        Optional<Duration> whole;
        Samples samples;
        try (Sampler sampler = new Sampler(site)) {
            play = player.play(scenario);
            whole = player.awaitWhole(play, scenario.demands().whole());
            samples = sampler.samples();
        }
        List<CameraVerdict> verdicts = new Judge(site, play).verdicts();
        Outcome outcome = new Outcome(scenario, play, verdicts, whole, samples);
        show(outcome);
        return outcome;
    }

    /** Prints the time line and the row; keeps them, and the picture, below {@code target/fire}. */
    private void show(Outcome outcome) throws IOException {
        String name = outcome.scenario().name();
        String seed = outcome.scenario().seed() == 0 ? "" : "-" + outcome.scenario().seed();
        Path kept = Files.createDirectories(Path.of("target", "fire"));
        String text = new TextTimeLine(outcome).toString();
        String row = Report.row(outcome);
        out.print(text);
        out.print(Report.HEAD + row);
        outcome.failures().forEach(failure -> out.println("  failed: " + failure));
        outcome.cameras()
                .forEach(
                        camera ->
                                camera.verdict().frames().misplaced().stream()
                                        .limit(2)
                                        .forEach(
                                                m ->
                                                        out.println(
                                                                "  "
                                                                        + camera.camera()
                                                                        + ": "
                                                                        + m)));
        Files.writeString(kept.resolve(name + seed + ".svg"), new SvgTimeLine(outcome).toString());
        Files.writeString(
                kept.resolve(name + seed + ".md"),
                "%s%n```%n%s```%n%n%s%s%n%s%nSince their start:%n%n%s"
                        .formatted(
                                outcome.scenario().title(),
                                text,
                                Report.HEAD,
                                row,
                                outcome.samples().table(),
                                Pauses.table(Pauses.of(site.directories().of("pauses")))));
        Files.write(kept.resolve(name + seed + ".csv"), outcome.samples().csv());
        Report.keep(row);
    }
}
