package io.gapless.job.cli;

import io.gapless.job.embedded.DataDirectory;
import io.gapless.rtsp.CameraSettings;
import io.gapless.source.catalogue.Catalogue;
import io.gapless.source.catalogue.CatalogueException;
import java.io.IOException;
import java.io.PrintStream;
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
        description = "Probes each camera: reachable, codec, size, frame rate, bit rate, clock.",
        footer = "Exit status 0: all cameras send video. 1: some do not. 2: bad catalogue.")
final class CamerasCommand implements Callable<Integer> {
    private static final String ROW = "%-20s %-6s %-10s %7s %9s %-14s %s%n";

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

    @Override
    public Integer call() throws IOException, CatalogueException, InterruptedException {
        List<CameraSettings> cameras = Catalogue.read(catalogueFile()).settings();
        System.err.printf(
                "Looking at %d camera(s) for %d s ...%n", cameras.size(), duration.toSeconds());
        List<CameraProbe.Result> results = CameraProbe.probe(cameras, duration);
        print(results, System.out);
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

    private static void print(List<CameraProbe.Result> results, PrintStream out) {
        out.printf(ROW, "CAMERA", "CODEC", "SIZE", "FPS", "MBIT/S", "CLOCK", "");
        results.forEach(
                result ->
                        out.printf(
                                ROW,
                                result.camera(),
                                result.codec(),
                                result.size(),
                                result.framesPerSecond(),
                                result.megabitsPerSecond(),
                                result.clock(),
                                result.remark()));
    }
}
