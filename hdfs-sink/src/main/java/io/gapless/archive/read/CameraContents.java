package io.gapless.archive.read;

import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the archive holds of a camera in and around a range.
 *
 * @param recordings in the order of their starts
 * @param notes interruptions noted outside of recordings
 * @param lost ranges noted as lost for good
 * @param unreadable recordings that are left out because reading them failed
 */
record CameraContents(
        List<IndexedRecording> recordings,
        List<Interruption> notes,
        List<TimeRange> lost,
        List<UnreadableRecording> unreadable) {
    CameraContents {
        recordings = List.copyOf(recordings);
        notes = List.copyOf(notes);
        lost = List.copyOf(lost);
        unreadable = List.copyOf(unreadable);
    }

    /** Whether the archive knows nothing of the camera. */
    boolean isEmpty() {
        return recordings.isEmpty() && notes.isEmpty() && lost.isEmpty() && unreadable.isEmpty();
    }

    List<ArchivedFragment> fragments() {
        return recordings.stream().flatMap(IndexedRecording::fragments).toList();
    }

    List<Interruption> interruptions() {
        return Stream.concat(
                        recordings.stream().flatMap(r -> r.interruptions().stream()),
                        notes.stream())
                .toList();
    }

    /** Start of the first frame; nothing without a frame. */
    Optional<MediaTime> start() {
        return fragments().stream().map(f -> f.header().start()).min(MediaTime::compareTo);
    }

    /** End of the last frame; nothing without a frame. */
    Optional<MediaTime> end() {
        return fragments().stream().map(f -> f.header().end()).max(MediaTime::compareTo);
    }
}
