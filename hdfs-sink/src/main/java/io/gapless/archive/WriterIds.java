package io.gapless.archive;

import io.gapless.media.layout.RecordingName;

/**
 * Ids by which files tell who wrote them. Recorders' are hexadecimal; others begin with a letter
 * that is none of its digits.
 */
final class WriterIds {
    private static final String FILL = "fill";
    private static final String LOST = "lost";

    private WriterIds() {}

    /** Of a writer that is the only one of its cameras while it lives. */
    static String recorder() {
        return RecordingName.newWriterId();
    }

    /** Of a writer that works beside a living recorder. */
    static String fill() {
        return FILL + RecordingName.newWriterId();
    }

    static boolean isFill(RecordingName name) {
        return name.epoch().startsWith(FILL);
    }

    /** The epoch of the note that what is missing is lost until then. */
    static String lostUntil(long ticks90k) {
        return LOST + Long.toString(ticks90k, 36);
    }

    static boolean isLostNote(RecordingName name) {
        return name.epoch().startsWith(LOST);
    }
}
