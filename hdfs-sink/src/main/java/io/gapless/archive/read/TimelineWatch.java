package io.gapless.archive.read;

import static java.util.Objects.requireNonNull;

import io.gapless.archive.Archive;
import io.gapless.media.CameraId;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Looks at cameras' timelines again and again, and reads only what is new since the last time.
 *
 * <p>One thread at a time for a camera; different cameras may be looked at by different threads.
 * Blocks on the archive's storage.
 */
public final class TimelineWatch implements AutoCloseable {
    private final Archive archive;
    private final InstantSource clock;

    /**
     * @param clock tells what is the future
     */
    public TimelineWatch(Archive archive, InstantSource clock) {
        this.archive = requireNonNull(archive, "archive is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * @param range clipped as {@link ArchiveReader} does
     * @throws IOException if the archive cannot be listed or a recording cannot be read; nothing
     *     can then be said of what is missing
     */
    public WatchedTimeline look(CameraId camera, TimeRange range) throws IOException {
        Optional<Instant> from = Optional.of(range.from().toInstant());
        Optional<Instant> to = Optional.of(range.to().toInstant());
        MediaTime now = MediaTime.of(clock.instant());
        CameraContents contents = ContentsReader.read(archive, camera, from, to);
        CameraView view = CameraView.of(contents, camera, from, to, now, TimelineWatch::estimated);
        return new WatchedTimeline(view.report(), contents.end(), now);
    }

    private static long[] estimated(ArchivedFragment fragment) {
        int frames = fragment.header().videoFrames();
        long[] times = new long[frames];
        for (int i = 0; i < frames; i++) {
            times[i] =
                    fragment.header().start().ticks90k()
                            + fragment.header().durationTicks90k() * i / frames;
        }
        return times;
    }

    /** Forgets what it has read. The archive stays open. */
    @Override
    public void close() {}
}
