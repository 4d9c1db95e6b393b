package io.gapless.ring.server;

import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import io.gapless.media.RunId;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A fragment's place in the order of listings: by start, run (as text), sequence. */
record Cursor(MediaTime start, RunId run, long sequence) implements Comparable<Cursor> {
    private static final Pattern TEXT =
            Pattern.compile(
                    "(\\d{1,18})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_(\\d{1,18})");
    private static final Comparator<Cursor> ORDER =
            Comparator.comparing(Cursor::start)
                    .thenComparing(c -> c.run.toString())
                    .thenComparingLong(Cursor::sequence);

    static Cursor of(FragmentHeader header) {
        return new Cursor(header.start(), header.run(), header.sequence());
    }

    static Optional<Cursor> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new Cursor(
                        new MediaTime(Long.parseLong(matcher.group(1))),
                        new RunId(UUID.fromString(matcher.group(2))),
                        Long.parseLong(matcher.group(3))));
    }

    @Override
    public int compareTo(Cursor other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%d_%s_%d".formatted(start.ticks90k(), run, sequence);
    }
}
