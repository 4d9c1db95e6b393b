package io.gapless.archive.read;

import static java.util.Objects.requireNonNull;

import io.gapless.archive.Archive;
import io.gapless.media.CameraId;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at cameras' timelines again and again, and reads only what is new since the last time: a
 * finished recording never changes, and of a growing one the walk goes on where it ended. What
 * leaves the range of a camera is forgotten, and a camera that is no longer looked at. A camera for
 * which there is no room is read anew each time. A recording that cannot be read is tried again
 * with growing patience, for HDFS may take many seconds to say so.
 *
 * <p>What a look costs the NameNode is told in {@code docs/operations.md}.
 *
 * <p>One thread at a time for a camera; different cameras may be looked at by different threads.
 * Blocks on the archive's storage.
 */
public final class TimelineWatch implements AutoCloseable {
    private static final long FRAGMENTS_MAX = 1_000_000;
    private static final Duration FORGET_AFTER = Duration.ofMinutes(15);

    private final Archive archive;
    private final InstantSource clock;
    private final long fragmentsMax;
    private final ArchiveDays days;

    /** Guarded by itself; what it holds is no longer changed. */
    private final Map<CameraId, CameraMemory> remembered = new HashMap<>();

    /** Remembers at most a million fragments, about 300 MB: 1,000 cameras' last half hour. */
    public TimelineWatch(Archive archive, InstantSource clock) {
        this(archive, clock, FRAGMENTS_MAX);
    }

    /**
     * @param clock tells what is the future
     * @param fragmentsMax of all cameras together are remembered, about 300 bytes each
     */
    public TimelineWatch(Archive archive, InstantSource clock, long fragmentsMax) {
        this.archive = requireNonNull(archive, "archive is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.fragmentsMax = fragmentsMax;
        this.days = new ArchiveDays(new CameraFiles(archive));
    }

    /**
     * @param range clipped as {@link ArchiveReader} does; recordings that cannot matter for it are
     *     not read
     * @return without the recordings that cannot be read, which it names
     * @throws IOException if the archive cannot be listed or none of its recordings can be read;
     *     nothing can then be said of what is missing
     */
    public WatchedTimeline look(CameraId camera, TimeRange range) throws IOException {
        Optional<Instant> from = Optional.of(range.from().toInstant());
        Optional<Instant> to = Optional.of(range.to().toInstant());
        Instant now = clock.instant();
        RememberedFiles files =
                new RememberedFiles(archive, days, now, from.get(), remembered(camera));
        CameraContents contents = ContentsReader.read(archive, files, camera, from, to);
        remember(camera, files.memory());
        List<UnreadableRecording> unreadable = contents.unreadable();
        if (!unreadable.isEmpty() && contents.recordings().isEmpty()) {
            throw new IOException(unreadable.get(0).problem().toString());
        }
        MediaTime time = MediaTime.of(now);
        CameraView view = CameraView.of(contents, camera, from, to, time, TimelineWatch::estimated);
        return new WatchedTimeline(view.report(), contents.end(), time, unreadable);
    }

    private CameraMemory remembered(CameraId camera) {
        synchronized (remembered) {
            return remembered.getOrDefault(camera, CameraMemory.NOTHING);
        }
    }

    private void remember(CameraId camera, CameraMemory memory) {
        synchronized (remembered) {
            remembered.remove(camera);
            Instant old = memory.lookedAt().minus(FORGET_AFTER);
            remembered.values().removeIf(other -> other.lookedAt().isBefore(old));
            long others = remembered.values().stream().mapToLong(CameraMemory::fragments).sum();
            if (others + memory.fragments() <= fragmentsMax) {
                remembered.put(camera, memory);
            }
        }
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
    public void close() {
        synchronized (remembered) {
            remembered.clear();
        }
    }
}
