package io.gapless.media.testing;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An access unit as ffprobe sees it. Times in the stream's time base.
 *
 * @param position in the file
 */
public record ProbedPacket(
        int stream, long pts, long dts, long duration, int sizeBytes, long position, boolean key) {

    /** From a line of ffprobe's "compact" format. */
    static ProbedPacket parse(String line) {
        Map<String, String> fields =
                Arrays.stream(line.split("\\|"))
                        .filter(f -> f.contains("="))
                        .collect(
                                Collectors.toMap(
                                        f -> f.substring(0, f.indexOf('=')),
                                        f -> f.substring(f.indexOf('=') + 1),
                                        (first, second) -> first));
        return new ProbedPacket(
                Integer.parseInt(fields.get("stream_index")),
                Long.parseLong(fields.get("pts")),
                Long.parseLong(fields.get("dts")),
                Long.parseLong(fields.getOrDefault("duration", "0").replace("N/A", "0")),
                Integer.parseInt(fields.get("size")),
                Long.parseLong(fields.getOrDefault("pos", "-1").replace("N/A", "-1")),
                fields.get("flags").startsWith("K"));
    }
}
