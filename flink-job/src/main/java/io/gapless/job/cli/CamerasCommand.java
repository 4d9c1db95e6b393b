package io.gapless.job.cli;

import io.gapless.job.embedded.DataDirectory;
import io.gapless.job.embedded.Member;
import io.gapless.rtsp.CameraSettings;
import io.gapless.source.catalogue.Catalogue;
import io.gapless.source.catalogue.CatalogueException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nvr cameras}: looks at each camera for a few seconds. */
@Command(
        name = "cameras",
        mixinStandardHelpOptions = true,
        description = {
            "Probes each camera: reachable, codec, size, frame rate, bit rate, and its clock:",
            "OFFSET, how far it is ahead of ours; DRIFT, how much faster it runs; REPORTS, whether",
            "the times it reports are trusted, stepped (its clock was set), rejected (nonsense, or",
            "more than 5 s off: our clock counts), or none came.",
            "Of cameras that a running recorder records, its word on the clock is shown."
        },
        footer = "Exit status 0: all cameras send video. 1: some do not. 2: bad catalogue.")
final class CamerasCommand implements Callable<Integer> {
    private static final String ROW = "%-20s %-6s %-10s %7s %9s %12s %11s %-8s %s%n";

    @Option(
            names = "--cameras",
            paramLabel = "FILE",
            description =
                    "Catalogue (YAML); without it, the simulated cameras of a running `nvr up`.")
    private Optional<Path> catalogue;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "nvr-data",
            description = "Directory of that `nvr up` (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = ShortDuration.class,
            defaultValue = "6s",
            description = "How long to look at each camera (default: ${DEFAULT-VALUE}).")
    private Duration duration;

    @Option(
            names = "--recorder",
            paramLabel = "URL",
            description =
                    "Flink web UI of the recorder that is asked about clocks (default: that `nvr"
                            + " up`'s).")
    private Optional<URI> recorder;

    @Override
    public Integer call() throws IOException, CatalogueException, InterruptedException {
        List<CameraSettings> cameras = Catalogue.read(catalogueFile()).settings();
        System.err.printf(
                "Looking at %d camera(s) for %d s ...%n", cameras.size(), duration.toSeconds());
        List<CameraProbe.Result> results = CameraProbe.probe(cameras, duration);
        print(results, clocks(), System.out);
        return results.stream().allMatch(CameraProbe.Result::sendsVideo) ? 0 : Nvr.NOT_WHOLE;
    }

    private Path catalogueFile() throws IOException {
        if (catalogue.isPresent()) {
            return catalogue.get();
        }
        Path simulated = new DataDirectory(data).simulatedCatalogue();
        if (!Files.exists(simulated)) {
            throw new IOException(
                    "name a catalogue with --cameras FILE; there are no simulated cameras in "
                            + data);
        }
        return simulated;
    }

    /** A recorder that does not answer is no reason not to show what the cameras say. */
    private RecordedClocks clocks() throws InterruptedException {
        Optional<URI> asked =
                recorder.or(
                        () ->
                                DataDirectory.readLine(
                                                new DataDirectory(data).webUiFile(Member.PRIMARY))
                                        .map(URI::create));
        try {
            return asked.isPresent() ? RecordedClocks.ask(asked.get()) : RecordedClocks.none();
        } catch (IOException e) {
            recorder.ifPresent(
                    url -> System.err.printf("The recorder at %s does not answer.%n", url));
            return RecordedClocks.none();
        }
    }

    private static void print(
            List<CameraProbe.Result> results, RecordedClocks clocks, PrintStream out) {
        out.printf(
                ROW, "CAMERA", "CODEC", "SIZE", "FPS", "MBIT/S", "OFFSET", "DRIFT", "REPORTS", "");
        results.forEach(result -> print(result, clocks, out));
    }

    private static void print(CameraProbe.Result result, RecordedClocks clocks, PrintStream out) {
        ClockText clock = ClockText.of(clocks.of(result.camera()).orElse(result.clock()));
        out.printf(
                ROW,
                result.camera(),
                result.codec(),
                result.size(),
                result.framesPerSecond(),
                result.megabitsPerSecond(),
                clock.offset(),
                clock.drift(),
                clock.reports(),
                result.remark());
    }
}
