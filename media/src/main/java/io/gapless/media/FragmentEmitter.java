package io.gapless.media;

import java.util.Optional;
import java.util.function.Consumer;

/** Turns the drafts of a run into fragments: numbers them, fixes their times, cuts their bytes. */
final class FragmentEmitter {
    /** For a first fragment of a single frame: 25 frames a second. */
    private static final long DEFAULT_DURATION_TICKS90K = 3600;

    /** Their median is hardly moved by some that are missing. */
    private static final int MANY_FRAMES = 8;

    private final CameraId camera;
    private final RunId run;
    private final Origin origin;
    private final MediaBuffer data;
    private final SideQueue audio;
    private final SideQueue metadata;
    private final Consumer<Fragment> out;

    private long sequence;
    private long end = Long.MIN_VALUE;
    private long usualDuration = DEFAULT_DURATION_TICKS90K;
    private boolean measured;

    /**
     * @param data the access units of all drafts, in order
     */
    FragmentEmitter(
            CameraId camera,
            RunId run,
            Origin origin,
            MediaBuffer data,
            SideQueue audio,
            SideQueue metadata,
            Consumer<Fragment> out) {
        this.camera = camera;
        this.run = run;
        this.origin = origin;
        this.data = data;
        this.audio = audio;
        this.metadata = metadata;
        this.out = out;
    }

    boolean hasEmitted() {
        return sequence > 0;
    }

    /** End of what was emitted, in ticks of 1/90000 s; meaningless before. */
    long end() {
        return end;
    }

    /** End of the last frame shown of {@code draft}, if nothing follows. */
    long endOf(DraftFragment draft) {
        FrameTimes times = new FrameTimes(draft.frames(), end);
        return times.last() + usualDuration(draft, times);
    }

    /** How long a frame lasts, once that is known. */
    Optional<Long> usualDuration() {
        return measured ? Optional.of(usualDuration) : Optional.empty();
    }

    /** A few frames of which some are missing are no measure of how long they last. */
    private long usualDuration(DraftFragment draft, FrameTimes times) {
        return isMeasure(draft) || !measured ? times.usualDuration(usualDuration) : usualDuration;
    }

    private static boolean isMeasure(DraftFragment draft) {
        return !draft.damaged() || draft.frames().size() > MANY_FRAMES;
    }

    private void measure(DraftFragment draft, long start, Optional<DraftFragment> next) {
        if (draft.frames().size() > 1) {
            measured |= isMeasure(draft);
        } else if (!draft.damaged() && next.isPresent() && !next.get().followsGap()) {
            usualDuration = end - start;
            measured = true;
        }
    }

    /** Throws away the bytes of {@code draft}, which come first in the buffer. */
    void drop(DraftFragment draft) {
        data.cut(draft.sizeBytes()).release();
    }

    /**
     * @param draft whose bytes come first in the buffer
     * @param next the draft after it, if there is one yet
     */
    void emit(DraftFragment draft, Optional<DraftFragment> next) {
        FrameTimes times = new FrameTimes(draft.frames(), end);
        if (!hasEmitted()) {
            audio.dropBefore(times.start());
            metadata.dropBefore(times.start());
        }
        usualDuration = usualDuration(draft, times);
        end = endOf(times, next);
        measure(draft, times.start(), next);
        MediaBuffer video = data.cut(draft.sizeBytes());
        Optional<Fragment.SideTrack> sound =
                draft.configuration()
                        .audio()
                        .flatMap(format -> audio.take(end, format.sampleRateHz()));
        Optional<Fragment.SideTrack> documents =
                draft.configuration().metadata()
                        ? metadata.take(end, MediaTime.TICKS_PER_SECOND)
                        : Optional.empty();
        FragmentHeader header =
                header(draft, times.start(), count(sound), draft.digestOf(video))
                        .withMetadataFrames(count(documents))
                        .withClosed(isClosed(draft, next));
        sequence++;
        out.accept(
                new Fragment(
                        header,
                        draft.configuration(),
                        times.table(draft.frames(), end),
                        video,
                        sound,
                        documents));
    }

    private static int count(Optional<Fragment.SideTrack> track) {
        return track.map(t -> t.samples().size()).orElse(0);
    }

    /** Whether the stream was cut here, for all who receive it, and not a loss or the session. */
    private static boolean isClosed(DraftFragment draft, Optional<DraftFragment> next) {
        return !draft.damaged() && next.filter(following -> !following.followsGap()).isPresent();
    }

    /** Exactly where the next begins, unless something may be missing between them. */
    private long endOf(FrameTimes times, Optional<DraftFragment> next) {
        long guess = times.last() + usualDuration;
        if (next.isEmpty()) {
            return guess;
        }
        long nextStart = Math.max(next.get().firstShown(), times.last() + 1);
        return next.get().followsGap() ? Math.min(guess, nextStart) : nextStart;
    }

    private FragmentHeader header(DraftFragment draft, long start, int audioFrames, Digest digest) {
        return new FragmentHeader(
                camera,
                run,
                sequence,
                new MediaTime(start),
                end - start,
                draft.frames().size(),
                audioFrames,
                digest,
                draft.startsWithKeyFrame(),
                draft.damaged(),
                draft.gapBefore(),
                origin);
    }
}
