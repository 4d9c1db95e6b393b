package io.gapless.archive.read;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.gapless.archive.ArchiveEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Files by the clock hour of their start: what several writers left of one hour goes together. */
final class HourGroups {
    private HourGroups() {}

    static List<List<ArchiveEntry>> earliestFirst(Collection<ArchiveEntry> entries) {
        return List.copyOf(groups(entries).values());
    }

    static List<List<ArchiveEntry>> latestFirst(Collection<ArchiveEntry> entries) {
        return List.copyOf(groups(entries).descendingMap().values());
    }

    private static NavigableMap<Instant, List<ArchiveEntry>> groups(
            Collection<ArchiveEntry> entries) {
        return entries.stream()
                .collect(
                        groupingBy(
                                entry -> entry.name().start().truncatedTo(ChronoUnit.HOURS),
                                TreeMap::new,
                                toList()));
    }
}
