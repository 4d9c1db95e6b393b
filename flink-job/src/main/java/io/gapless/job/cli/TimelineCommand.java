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
import java.time.Instant;
import java.util.Locale;
import java.util.TreeMap;
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
                "Shows what is recorded of a camera: spans and gaps, each gap with its cause.",
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
                "%s from %s to %s: %d frames, %d gap(s)%n",
                timeline.camera(),
                timeline.range().from(),
                timeline.range().to(),
                timeline.frames(),
                timeline.gaps().size());
        TreeMap<Instant, String> lines = new TreeMap<>();
        timeline.spans().forEach(span -> lines.put(span.start().toInstant(), line(span)));
        timeline.gaps().forEach(gap -> lines.put(gap.start().toInstant(), line(gap)));
        lines.values().forEach(out::println);
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
