package io.gapless.media.timeline;

import io.gapless.media.CameraId;
import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.TimeRange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What recorders of one camera hold, in frames of 40 ms counted from a moment on. */
final class Recorders {
    static final CameraId CAMERA = new CameraId("door");
    static final long FRAME = 3600;
    static final TimelineBuilder<FragmentHeader> BUILDER =
            new TimelineBuilder<>(header -> header, Recorders::presentations);

    private static final long EPOCH = 1_000_000 * FRAME;

    private Recorders() {}

    static List<Integer> shownFrames(TimelineReport<FragmentHeader> report) {
        return report.fragments().stream()
                .flatMap(
                        s ->
                                LongStream.of(presentations(s.fragment()))
                                        .filter(t -> s.part().contains(new MediaTime(t)))
                                        .mapToObj(t -> frameAt(t)))
                .toList();
    }

    static int frameAt(long ticks90k) {
        return (int) Math.round((ticks90k - EPOCH) / (double) FRAME);
    }

    static long[] presentations(FragmentHeader header) {
        return IntStream.range(0, header.videoFrames())
                .mapToLong(i -> header.start().ticks90k() + i * FRAME)
                .toArray();
    }

    static TimelineReport<FragmentHeader> build(int from, int to, List<FragmentHeader> fragments)
            throws IOException {
        return BUILDER.build(CAMERA, range(from, to), fragments, List.of(), false);
    }

    static MediaTime at(long frame) {
        return new MediaTime(EPOCH + frame * FRAME);
    }

    static TimeRange range(int from, int to) {
        return new TimeRange(at(from), at(to));
    }

    static Interruption interruption(int frame, GapCause cause) {
        return new Interruption(CAMERA, at(frame), cause, "gone");
    }

    static FragmentHeader fragment(int run, int sequence, int at, int frames, long skew) {
        return new FragmentHeader(
                CAMERA,
                new RunId(new UUID(0, run)),
                sequence,
                at(at).plusTicks(skew),
                frames * FRAME,
                frames,
                0,
                new Digest(at, frames),
                true,
                false,
                Optional.empty(),
                Origin.PRIMARY);
    }

    static FragmentHeader because(FragmentHeader header, GapCause cause) {
        return header.withGapBefore(Optional.of(cause));
    }

    static FragmentHeader damaged(FragmentHeader h) {
        return with(h, h.digest(), true, h.origin());
    }

    static FragmentHeader replica(FragmentHeader h) {
        return with(h, h.digest(), h.damaged(), Origin.REPLICA);
    }

    static FragmentHeader seam(FragmentHeader h) {
        return h.placed(h.start(), h.durationTicks90k(), h.gapBefore(), h.origin(), true);
    }

    /** With the digest of a picture that does not change. */
    static FragmentHeader alike(FragmentHeader h) {
        return with(h, new Digest(0, 0), h.damaged(), h.origin());
    }

    private static FragmentHeader with(
            FragmentHeader h, Digest digest, boolean damaged, Origin origin) {
        return new FragmentHeader(
                h.camera(),
                h.run(),
                h.sequence(),
                h.start(),
                h.durationTicks90k(),
                h.videoFrames(),
                h.audioFrames(),
                digest,
                h.startsWithKeyFrame(),
                damaged,
                h.gapBefore(),
                origin,
                h.seam(),
                h.metadataFrames(),
                h.closed());
    }
}
