package io.gapless.ring.server;

import io.gapless.media.FragmentHeader;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.ring.RingContents;
import io.gapless.ring.RingEntry;
import io.gapless.ring.RingIndex;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the answers in the ring's files. Blocks; safe for any number of threads. */
final class RingAnswers {
    /** More of one page are left out, the older ones: they are causes, not video. */
    private static final int MAX_INTERRUPTIONS = 2000;

    private static final TimeRange EVER = new TimeRange(new MediaTime(0), new MediaTime(1L << 55));
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final RingIndex index;
    private final RingStatus status;
    private final int pageFragments;

    RingAnswers(RingIndex index, RingStatus status, int pageFragments) {
        this.index = index;
        this.status = status;
        this.pageFragments = pageFragments;
    }

    /**
     * @throws IOException if no directory of the ring can be read
     */
    Answer answer(RingRequest request) throws IOException {
        if (request instanceof RingRequest.Listing listing) {
            return page(listing);
        } else if (request instanceof RingRequest.OneFragment fragment) {
            return stored(fragment);
        } else if (request instanceof RingRequest.Cameras) {
            return new Answer.Document(Documents.cameras(index.cameras()));
        }
        return new Answer.Document(status.json());
    }

    private Answer page(RingRequest.Listing asked) throws IOException {
        MediaTime from =
                asked.after()
                        .map(c -> MediaTime.max(c.start(), asked.range().from()))
                        .orElse(asked.range().from());
        TimeRange range = new TimeRange(from, MediaTime.max(from, asked.range().to()));
        RingContents contents = index.read(asked.camera(), range);
        List<RingEntry> rest =
                contents.entries().stream()
                        .filter(e -> asked.after().filter(c -> !isAfter(e, c)).isEmpty())
                        .sorted(Comparator.comparing(e -> Cursor.of(e.header())))
                        .limit(pageFragments + 1L)
                        .toList();
        boolean more = rest.size() > pageFragments;
        List<RingEntry> entries = more ? rest.subList(0, pageFragments) : rest;
        Optional<Cursor> next =
                more
                        ? Optional.of(Cursor.of(entries.get(pageFragments - 1).header()))
                        : Optional.empty();
        return new Answer.Page(contents, entries, interruptions(contents, range, next), next);
    }

    private static boolean isAfter(RingEntry entry, Cursor cursor) {
        return Cursor.of(entry.header()).compareTo(cursor) > 0;
    }

    /** Those from where this page begins to where the next one does. */
    private static List<Interruption> interruptions(
            RingContents contents, TimeRange range, Optional<Cursor> next) {
        MediaTime to = next.map(Cursor::start).orElse(range.to());
        List<Interruption> within =
                contents.interruptions().stream()
                        .filter(i -> !i.at().isBefore(range.from()) && i.at().isBefore(to))
                        .toList();
        return within.subList(Math.max(0, within.size() - MAX_INTERRUPTIONS), within.size());
    }

    private Answer stored(RingRequest.OneFragment asked) throws IOException {
        TimeRange range = asked.start().map(s -> new TimeRange(s, s.plusTicks(1))).orElse(EVER);
        RingContents contents = index.read(asked.camera(), range);
        Optional<RingEntry> found =
                contents.entries().stream().filter(e -> isAsked(e.header(), asked)).findFirst();
        if (found.isEmpty() && !contents.complete()) {
            return new Answer.Refusal(503, "it may be on a disk that cannot be read now");
        }
        if (found.isEmpty()) {
            boolean trimmed =
                    asked.start().isPresent()
                            && contents.oldest()
                                    .filter(o -> o.isAfter(asked.start().get()))
                                    .isPresent();
            return trimmed ? gone() : new Answer.Refusal(NOT_FOUND, "there is no such fragment");
        }
        return open(found.get());
    }

    private static boolean isAsked(FragmentHeader header, RingRequest.OneFragment asked) {
        return header.sequence() == asked.sequence() && header.run().equals(asked.run());
    }

    private Answer open(RingEntry entry) throws IOException {
        try {
            return new Answer.Stored(entry, index.open(entry), entityTag(entry));
        } catch (NoSuchFileException e) {
            return gone();
        }
    }

    private static Answer gone() {
        return new Answer.Refusal(GONE, "the ring does not hold this fragment any more");
    }

    /**
     * Two copies of a fragment differ in their boxes, so the tag names the place, too; a growing
     * segment and the finished one are the same place.
     */
    private static String entityTag(RingEntry entry) {
        FragmentHeader header = entry.header();
        String file = entry.file().getFileName().toString().replaceFirst("\\.mp4(\\.open)?$", "");
        return "\"%s-%s-%d-%s-%d\""
                .formatted(header.digest(), header.run(), header.sequence(), file, entry.offset());
    }
}
