package io.gapless.archive.hold;

import io.gapless.media.Interruption;

/** A camera's event that the archive has not acknowledged. */
public sealed interface HeldEvent permits HeldEvent.Note, HeldFragment {
    /** Of video. */
    long sizeBytes();

    /** That video stopped. */
    record Note(Interruption interruption) implements HeldEvent {
        @Override
        public long sizeBytes() {
            return 0;
        }
    }
}
