package io.gapless.system.fire;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How fast what was held went away once the archive took video again: from the sample with the most
 * to the first after it with less than a tenth of that.
 *
 * @param mostBytes held in memory and on disks
 * @param mostOnDiskBytes of these on disks, at any time
 */
record CatchUp(long mostBytes, long mostOnDiskBytes, Optional<Double> bytesPerSecond) {
    private static final int REST = 10;

    static CatchUp of(List<Samples.OfVideo> video) {
        Optional<Samples.OfVideo> most =
                video.stream().max(Comparator.comparingLong(sample -> sample.held().sum()));
        return new CatchUp(
                most.map(sample -> sample.held().sum()).orElse(0L),
                video.stream().mapToLong(sample -> sample.held().onDisk()).max().orElse(0),
                most.flatMap(from -> rate(from, video)));
    }

    private static Optional<Double> rate(Samples.OfVideo most, List<Samples.OfVideo> video) {
        return video.stream()
                .filter(sample -> sample.at().isAfter(most.at()))
                .filter(sample -> sample.held().sum() < most.held().sum() / REST)
                .findFirst()
                .map(
                        end ->
                                (most.held().sum() - end.held().sum())
                                        / seconds(Duration.between(most.at(), end.at())));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    @Override
    public String toString() {
        return "Video held by all: at most %d MiB, on disks at most %d MiB; it shrank by %s.%n"
                .formatted(
                        mostBytes >> 20,
                        mostOnDiskBytes >> 20,
                        bytesPerSecond
                                .map(rate -> "%.1f MB/s".formatted(rate / 1e6))
                                .orElse("nothing that was seen"));
    }
}
