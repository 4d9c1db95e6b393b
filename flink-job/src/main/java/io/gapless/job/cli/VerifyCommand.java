package io.gapless.job.cli;

import io.gapless.archive.read.ArchiveReader;
import io.gapless.archive.read.CameraVerification;
import io.gapless.archive.read.VerifyReport;
import io.gapless.job.cli.ArchiveOptions.OpenArchive;
import io.gapless.media.CameraId;
import io.gapless.media.Origin;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nvr verify}: proves the archive's continuity. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Reads the recordings again: boxes, digests, continuity, duplicates.",
            "Whole means: all is as it was written, each frame once, and every gap declared with its cause."
        },
        footer = "Exit status 0: whole. 1: not whole. 2: the archive cannot be read.")
final class VerifyCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "CAMERA",
            arity = "0..*",
            converter = CameraIdArgument.class,
            description = "Cameras to verify (default: all).")
    private List<CameraId> cameras = List.of();

    @Mixin private RangeOptions range;
    @Mixin private ArchiveOptions location;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        try (OpenArchive open = location.open()) {
            ArchiveReader reader = new ArchiveReader(open.archive());
            VerifyReport report =
                    reader.verify(
                            cameras.isEmpty() ? recorded(reader) : cameras,
                            range.from(),
                            range.to(),
                            new Progress(System.err, Terminal.showsErrors()));
            if (json) {
                System.out.println(Json.of(report));
            } else {
                report.cameras().forEach(camera -> print(camera, System.out));
            }
            return report.whole() ? 0 : Nvr.NOT_WHOLE;
        }
    }

    private static List<CameraId> recorded(ArchiveReader reader) throws IOException {
        List<CameraId> all = reader.cameras();
        if (all.isEmpty()) {
            throw new IOException("the archive holds no recordings yet");
        }
        return all;
    }

    private static void print(CameraVerification camera, PrintStream out) {
        out.printf(
                "%s: %s; %d recordings, %d fragments, %d frames, %.1f MB, %d declared gap(s)%n",
                camera.camera(),
                camera.whole()
                        ? "whole"
                        : "NOT WHOLE, %d problem(s)".formatted(camera.problems().size()),
                camera.recordings(),
                camera.fragments(),
                camera.frames(),
                camera.bytes() / 1e6,
                camera.gaps().size());
        out.printf(
                "  shown: %d frames of the primary in %d span(s), %d of replicas in %d, %d seam(s)%n",
                camera.frames(Origin.PRIMARY),
                camera.spans(Origin.PRIMARY),
                camera.frames(Origin.REPLICA),
                camera.spans(Origin.REPLICA),
                camera.timeline().seams().size());
        if (camera.hiddenBytes() > 0) {
            out.printf(
                    "  hidden: %.1f MB, held once more beside what is shown%n",
                    camera.hiddenBytes() / 1e6);
        }
        camera.problems().forEach(problem -> out.println("  PROBLEM " + problem));
        camera.gaps().forEach(gap -> out.println(TimelineCommand.line(gap)));
    }
}
