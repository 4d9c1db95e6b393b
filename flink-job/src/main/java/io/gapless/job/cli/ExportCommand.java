package io.gapless.job.cli;

import io.gapless.archive.read.ArchiveReader;
import io.gapless.archive.read.ExportReport;
import io.gapless.job.cli.ArchiveOptions.OpenArchive;
import io.gapless.media.CameraId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nvr export}: a range of a camera as one MP4. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes every frame of [from, to), each once, in order, plus the frames from the key frame before.",
            "Gaps of the range are printed; the file keeps their time."
        },
        footer = "Exit status 0: written. 2: not written, or nothing recorded in the range.")
final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CAMERA", converter = CameraIdArgument.class)
    private CameraId camera;

    @Option(names = "--from", paramLabel = "TIME", required = true, converter = PointInTime.class)
    private Instant from;

    @Option(names = "--to", paramLabel = "TIME", required = true, converter = PointInTime.class)
    private Instant to;

    @Option(names = "--out", paramLabel = "FILE.mp4", required = true)
    private Path out;

    @Mixin private ArchiveOptions location;

    @Override
    public Integer call() throws IOException {
        try (OpenArchive open = location.open()) {
            ExportReport report =
                    new ArchiveReader(open.archive())
                            .export(
                                    camera,
                                    from,
                                    to,
                                    out,
                                    new Progress(System.err, Terminal.showsErrors()));
            System.out.printf(
                    "%s: %d frames of %s from %s to %s, %d frames before them from the key frame on, %.1f MB, %d gap(s)%n",
                    out,
                    report.frames(),
                    camera,
                    report.range().from(),
                    report.range().to(),
                    report.leadInFrames(),
                    report.bytes() / 1e6,
                    report.gaps().size());
            report.gaps().forEach(gap -> System.out.println(TimelineCommand.line(gap)));
            return 0;
        }
    }
}
