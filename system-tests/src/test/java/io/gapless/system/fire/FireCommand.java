package io.gapless.system.fire;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code system-tests/fire SCENARIO…}: plays scenarios one after the other on one site. */
@Command(
        name = "fire",
        mixinStandardHelpOptions = true,
        description = {
            "Plays scenarios of faults on real processes and judges them by frame counters.",
            "Exit status: 0 all passed, 1 some failed, 2 not played."
        })
final class FireCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int NOT_PLAYED = 2;

    @Parameters(
            arity = "1..*",
            paramLabel = "SCENARIO",
            description = "A file, or the name of one in src/test/resources/fire.")
    private List<String> scenarios = new ArrayList<>();

    @Option(
            names = "--seed",
            split = ",",
            description = "Of random scenarios; several play each scenario several times.")
    private List<Long> seeds = new ArrayList<>();

    @Option(names = "--cameras", description = "Instead of the scenario's.")
    private Integer cameras;

    @Option(names = "--mbits", description = "Of each camera, instead of the scenario's.")
    private Double mbits;

    @Option(names = "--keep", description = "Keeps video and logs in this directory.")
    private Path keep;

    /** Runs the command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new FireCommand())
                        .setExecutionExceptionHandler(
                                (failure, command, parsed) -> {
                                    StringWriter trace = new StringWriter();
                                    failure.printStackTrace(new PrintWriter(trace));
                                    System.err.print(trace);
                                    return NOT_PLAYED;
                                })
                        .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<Scenario> chosen = new ArrayList<>();
        for (String name : scenarios) {
            Scenario scenario = adapted(ScenarioFile.read(name, seeds.stream().findFirst()));
            chosen.add(scenario);
            for (int i = 1; i < seeds.size() && scenario.seed() != 0; i++) {
                chosen.add(adapted(ScenarioFile.read(name, Optional.of(seeds.get(i)))));
            }
        }
        SiteSpec spec = chosen.get(0).site();
        String lacking = spec.namespace() ? Namespace.lacking() : "";
        if (!lacking.isEmpty()) {
            System.out.printf("not available on this machine: %s%n", lacking);
            return NOT_PLAYED;
        }
        boolean temporary = keep == null;
        Path directory =
                temporary
                        ? Files.createTempDirectory("gapless-fire")
                        : Files.createDirectories(keep).toAbsolutePath();
        System.out.printf("Starting all processes; logs are in %s%n", directory);
        boolean passed = true;
        try (FireSite site = new FireSite(directory, spec)) {
            Fire fire = new Fire(site, System.out);
            for (Scenario scenario : chosen) {
                passed &= isPassed(fire, scenario.on(spec));
            }
        }
        if (temporary && passed) {
            delete(directory);
        }
        return passed ? 0 : FAILED;
    }

    private static boolean isPassed(Fire fire, Scenario scenario) throws Exception {
        try {
            return fire.play(scenario).failures().isEmpty();
        } catch (IOException | AssertionError e) {
            System.out.printf("not played to its end: %s: %s%n", scenario.title(), e);
            return false;
        }
    }

    private Scenario adapted(Scenario scenario) {
        SiteSpec spec = scenario.site();
        spec = cameras == null ? spec : spec.withCameras(cameras);
        spec = mbits == null ? spec : spec.withMbits(mbits);
        return scenario.on(spec);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
