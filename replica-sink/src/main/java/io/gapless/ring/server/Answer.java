package io.gapless.ring.server;

import static java.util.Objects.requireNonNull;

import io.gapless.media.Interruption;
import io.gapless.ring.RingContents;
import io.gapless.ring.RingEntry;
import io.gapless.ring.RingReading;
import java.util.List;
import java.util.Optional;

/** What a request is answered with. */
sealed interface Answer {
    /** A small document. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Document(byte[] json) implements Answer {}

    /**
     * A page of what the ring holds of a camera.
     *
     * @param next where the next page begins, if there is one
     */
    record Page(
            RingContents contents,
            List<RingEntry> entries,
            List<Interruption> interruptions,
            Optional<Cursor> next)
            implements Answer {
        public Page {
            requireNonNull(contents, "contents is null");
            entries = List.copyOf(entries);
            interruptions = List.copyOf(interruptions);
        }
    }

    /**
     * A fragment; whoever gets this closes the reading.
     *
     * @param entityTag with its quotation marks
     */
    record Stored(RingEntry entry, RingReading reading, String entityTag) implements Answer {}

    /** No. */
    record Refusal(int status, String why) implements Answer {}
}
