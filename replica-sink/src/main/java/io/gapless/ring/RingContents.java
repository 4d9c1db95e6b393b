package io.gapless.ring;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import java.util.List;
import java.util.Optional;

/**
 * What a ring holds of a camera in a range of time.
 *
 * @param oldest start of the oldest fragment of the camera, whatever the range
 * @param newest end of the newest fragment of the camera, whatever the range
 * @param entries the whole fragments that overlap the range, by start; each identity once
 * @param interruptions within the range, by time
 * @param complete whether all directories could be read; else there may be more
 */
public record RingContents(
        CameraId camera,
        Optional<MediaTime> oldest,
        Optional<MediaTime> newest,
        List<RingEntry> entries,
        List<Interruption> interruptions,
        boolean complete) {
    public RingContents {
        requireNonNull(camera, "camera is null");
        requireNonNull(oldest, "oldest is null");
        requireNonNull(newest, "newest is null");
        entries = List.copyOf(entries);
        interruptions = List.copyOf(interruptions);
    }
}
