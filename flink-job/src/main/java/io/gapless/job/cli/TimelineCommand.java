package io.gapless.job.cli;

import io.gapless.archive.read.ArchiveReader;
import io.gapless.job.cli.ArchiveOptions.OpenArchive;
import io.gapless.media.CameraId;
import io.gapless.media.MediaTime;
import io.gapless.media.timeline.Gap;
import io.gapless.media.timeline.Span;
import io.gapless.media.timeline.Timeline;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nvr timeline}: spans and gaps of a camera. */
@Command(
        name = "timeline",
        mixinStandardHelpOptions = true,
        description =
                "Shows what is recorded of a camera: spans with their origin, gaps with cause and state, seams.",
        footer =
                "Exit status 0: no gaps. 1: gaps. 2: nothing recorded, or the archive cannot be read.")
final class TimelineCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CAMERA", converter = CameraIdArgument.class)
    private CameraId camera;

    @Mixin private RangeOptions range;
    @Mixin private ArchiveOptions location;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        try (OpenArchive open = location.open()) {
            Timeline timeline =
                    new ArchiveReader(open.archive()).timeline(camera, range.from(), range.to());
            if (json) {
                System.out.println(Json.of(timeline));
            } else {
                print(timeline, System.out);
            }
            return timeline.gaps().isEmpty() ? 0 : Nvr.NOT_WHOLE;
        }
    }

    private static void print(Timeline timeline, PrintStream out) {
        out.printf(
                "%s from %s to %s: %d frames, %d gap(s), %d seam(s)%n",
                timeline.camera(),
                timeline.range().from(),
                timeline.range().to(),
                timeline.frames(),
                timeline.gaps().size(),
                timeline.seams().size());
        record Line(MediaTime at, int rank, String text) {}
        List<Line> lines = new ArrayList<>();
        timeline.seams().forEach(seam -> lines.add(new Line(seam, 0, seam(seam))));
        timeline.spans().forEach(span -> lines.add(new Line(span.start(), 1, line(span))));
        timeline.gaps().forEach(gap -> lines.add(new Line(gap.start(), 1, line(gap))));
        lines.sort(Comparator.comparing(Line::at).thenComparing(Line::rank));
        lines.forEach(line -> out.println(line.text()));
    }

    private static String seam(MediaTime seam) {
        return "  %s  %24s  seam  %10s  video from here on was placed by its time alone"
                .formatted(millis(seam), "", "");
    }

    private static String line(Span span) {
        return "  %s  %s  span  %10s  %d frames, %s"
                .formatted(
                        millis(span.start()),
                        millis(span.end()),
                        length(span.start(), span.end()),
                        span.frames(),
                        span.origin().name().toLowerCase(Locale.ROOT));
    }

    static String line(Gap gap) {
        return "  %s  %s  GAP   %10s  %s, %s"
                .formatted(
                        millis(gap.start()),
                        millis(gap.end()),
                        length(gap.start(), gap.end()),
                        gap.cause(),
                        gap.state().name().toLowerCase(Locale.ROOT));
    }

    private static String millis(MediaTime time) {
        return "%tFT%<tT.%<tLZ".formatted(time.toInstant().atZone(java.time.ZoneOffset.UTC));
    }

    private static String length(MediaTime start, MediaTime end) {
        Duration length = MediaTime.duration(end.ticksSince(start));
        return "%.3f s".formatted(length.toNanos() / 1e9);
    }
}
