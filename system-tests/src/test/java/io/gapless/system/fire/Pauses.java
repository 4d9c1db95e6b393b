package io.gapless.system.fire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long garbage collection stopped the TaskManagers, by what their JVMs log of safepoints
 * ({@code -Xlog:safepoint}), from the request until all threads go on.
 */
final class Pauses {
    static final String SUFFIX = ".pauses";

    private static final Pattern COLLECTION =
            Pattern.compile("Safepoint \"(?:G1|Z|Gen|Collect|Parallel)\\w*\".*Total: +(\\d+) ns");
    private static final double MILLIS = 1e6;

    private final List<Long> nanos = new ArrayList<>();

    /**
     * @param directory with the logs of all JVMs that are counted
     */
    static Pauses of(Path directory) throws IOException {
        Pauses pauses = new Pauses();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
                for (String line : Files.readAllLines(file)) {
                    Matcher matcher = COLLECTION.matcher(line);
                    if (matcher.find()) {
                        pauses.nanos.add(Long.parseLong(matcher.group(1)));
                    }
                }
            }
        }
        pauses.nanos.sort(null);
        return pauses;
    }

    private double quantileMillis(double quantile) {
        int index = (int) Math.ceil(quantile * nanos.size()) - 1;
        return nanos.get(Math.max(0, index)) / MILLIS;
    }

    @Override
    public String toString() {
        return nanos.isEmpty()
                ? "no pauses of garbage collection"
                : "%d pauses of garbage collection: median %.1f ms, 99.9 %% %.1f ms, longest %.1f ms"
                        .formatted(
                                nanos.size(),
                                quantileMillis(0.5),
                                quantileMillis(0.999),
                                quantileMillis(1));
    }
}
