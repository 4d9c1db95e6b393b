package io.gapless.archive.read;

import static java.util.Objects.requireNonNull;

import io.gapless.media.FragmentHeader;
import io.gapless.media.fmp4.StoredFragment;

/** A fragment and the recording it stands in. */
public record ArchivedFragment(IndexedRecording recording, StoredFragment stored) {
    public ArchivedFragment {
        requireNonNull(recording, "recording is null");
        requireNonNull(stored, "stored is null");
    }

    public FragmentHeader header() {
        return stored.header();
    }

    Problem problemBehind(String what) {
        return new Problem(recording.name(), stored.endOffset(), what);
    }

    Problem problem(String what) {
        return new Problem(recording.name(), stored.offset(), what);
    }
}
