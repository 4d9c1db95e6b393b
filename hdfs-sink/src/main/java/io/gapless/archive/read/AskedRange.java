package io.gapless.archive.read;

import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import java.time.Instant;
import java.util.Optional;

/** Turns what was asked for into a range of which it makes sense to say what is missing. */
final class AskedRange {
    /** What was received this short a time ago may still be on its way into the archive. */
    static final long GRACE_TICKS = 15L * MediaTime.TICKS_PER_SECOND;

    private AskedRange() {}

    /**
     * From the first frame, unless asked otherwise, to the end of the last one, or to now if the
     * recorder has noted that the camera stopped. Nobody can have recorded the future, and a camera
     * that has just been recorded is whole up to its last frame.
     */
    static TimeRange of(
            CameraContents contents, Optional<Instant> from, Optional<Instant> to, MediaTime now) {
        MediaTime end = to(contents, to.map(MediaTime::of), now);
        MediaTime start = from.map(MediaTime::of).orElseGet(() -> firstKnown(contents, now));
        return new TimeRange(start, MediaTime.max(start, end));
    }

    private static MediaTime firstKnown(CameraContents contents, MediaTime now) {
        return contents.start()
                .or(
                        () ->
                                contents.interruptions().stream()
                                        .map(Interruption::at)
                                        .min(MediaTime::compareTo))
                .orElse(now);
    }

    private static MediaTime to(CameraContents contents, Optional<MediaTime> asked, MediaTime now) {
        MediaTime liveEdge = contents.end().orElse(now);
        boolean stopped = hasStopped(contents);
        MediaTime to = asked.orElse(stopped ? now : liveEdge);
        MediaTime limit = MediaTime.max(now, liveEdge);
        if (to.isAfter(limit)) {
            to = limit;
        }
        boolean live = !stopped && now.ticksSince(liveEdge) <= GRACE_TICKS;
        return live ? MediaTime.min(to, liveEdge) : to;
    }

    /** Whether an interruption came after the last fragment. */
    private static boolean hasStopped(CameraContents contents) {
        Optional<MediaTime> lastStart =
                contents.fragments().stream()
                        .map(fragment -> fragment.header().start())
                        .max(MediaTime::compareTo);
        return contents.interruptions().stream()
                .anyMatch(i -> lastStart.isEmpty() || i.at().isAfter(lastStart.get()));
    }
}
