package io.gapless.system.fire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long TaskManagers stood still, by what their JVMs log ({@code -Xlog:safepoint,gc}), from the
 * request until all threads go on: for garbage collection, and for anything else. The collector's
 * own part begins when all threads stand; how long that takes is for the processor's scheduler to
 * say. Threads that had to wait for the collector to free memory are counted beside.
 */
final class Pauses {
    static final String SUFFIX = ".pauses";

    private static final Pattern STOP =
            Pattern.compile(
                    "Safepoint \"(\\w+)\".*Reaching safepoint: +(\\d+) ns.*Total: +(\\d+) ns");
    private static final Pattern COLLECTION = Pattern.compile("(G1|Z|Gen|Collect|Parallel)\\w*");
    private static final Pattern STALL = Pattern.compile("Allocation Stall .* (\\d+\\.\\d+)ms");
    private static final Pattern OF_PROCESS = Pattern.compile("(.*)-\\d+\\" + SUFFIX);

    private final Durations collections = new Durations();
    private final Durations own = new Durations();
    private final Durations others = new Durations();
    private final Durations stalls = new Durations();

    /**
     * @param directory with the logs of all JVMs that are counted
     * @return by the name of the process, which may have been started several times
     */
    static Map<String, Pauses> of(Path directory) throws IOException {
        Map<String, Pauses> pauses = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Matcher name = OF_PROCESS.matcher(file.getFileName().toString());
                if (name.matches()) {
                    pauses.computeIfAbsent(name.group(1), key -> new Pauses()).read(file);
                }
            }
        }
        return pauses;
    }

    /** All together. */
    static Pauses sum(Iterable<Pauses> parts) {
        Pauses sum = new Pauses();
        for (Pauses part : parts) {
            sum.collections.addAll(part.collections);
            sum.own.addAll(part.own);
            sum.others.addAll(part.others);
            sum.stalls.addAll(part.stalls);
        }
        return sum;
    }

    private void read(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            Matcher stop = STOP.matcher(line);
            if (stop.find()) {
                stop(
                        COLLECTION.matcher(stop.group(1)).matches(),
                        Long.parseLong(stop.group(2)),
                        Long.parseLong(stop.group(3)));
            }
            Matcher stall = STALL.matcher(line);
            if (stall.find()) {
                stalls.addNanos((long) (Double.parseDouble(stall.group(1)) * 1e6));
            }
        }
    }

    private void stop(boolean collection, long reachingNanos, long allNanos) {
        if (collection) {
            collections.addNanos(allNanos);
            own.addNanos(allNanos - reachingNanos);
        } else {
            others.addNanos(allNanos);
        }
    }

    /** A line for each process, and one for all, as a Markdown table. */
    static String table(Map<String, Pauses> pauses) {
        StringBuilder table =
                new StringBuilder(
                        """
                        | process | collector's pauses: count, median, 99 %, 99.9 %, longest, ms | of these its own part | other safepoints | allocation stalls |
                        |---|---|---|---|---|
                        """);
        pauses.forEach((name, own) -> table.append(own.row(name)));
        return table.append(sum(pauses.values()).row("all")).toString();
    }

    private String row(String name) {
        return "| %s | %s | %s | %s | %s |%n".formatted(name, collections, own, others, stalls);
    }

    /** Sorted when they are looked at. */
    private static final class Durations {
        private static final double MILLIS = 1e6;

        private final List<Long> nanos = new ArrayList<>();

        void addNanos(long duration) {
            nanos.add(duration);
        }

        void addAll(Durations others) {
            nanos.addAll(others.nanos);
        }

        private double quantileMillis(double quantile) {
            int index = (int) Math.ceil(quantile * nanos.size()) - 1;
            return nanos.get(Math.max(0, index)) / MILLIS;
        }

        @Override
        public String toString() {
            nanos.sort(null);
            return nanos.isEmpty()
                    ? "0"
                    : "%d, %.1f, %.1f, %.1f, %.1f"
                            .formatted(
                                    nanos.size(),
                                    quantileMillis(0.5),
                                    quantileMillis(0.99),
                                    quantileMillis(0.999),
                                    quantileMillis(1));
        }
    }
}
