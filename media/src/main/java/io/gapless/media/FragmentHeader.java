package io.gapless.media;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a fragment says of itself, in memory and in the {@code uuid} box before its {@code moof}.
 *
 * <p>A fragment is unbroken inside: every loss cuts it. So gaps lie only between fragments, and the
 * fragment after a gap names its cause. Fragment n+1 of a run starts exactly where fragment n ends
 * unless it names a cause.
 *
 * @param run the run it belongs to; with {@code sequence} it is the fragment's identity
 * @param sequence position in the run, counted from 0; a number left out means a dropped fragment,
 *     and the next fragment's {@code gapBefore} says why
 * @param start presentation time of its first frame
 * @param durationTicks90k until the start of the next frame of the run, at least 1
 * @param videoFrames number of video access units, at least 1
 * @param audioFrames number of audio access units
 * @param startsWithKeyFrame whether decoding can start here
 * @param damaged whether its GOP lacks access units: it was cut by loss, or follows such a cut
 * @param gapBefore why frames may be missing before it, if any may be
 * @param seam whether it was placed by time alone, since no frame of it could be matched with the
 *     video before it: from its start on it is shown instead of those that began before or with it
 * @param metadataFrames number of metadata documents
 * @param closed whether the next frame of the run was received when this was cut: so it ends where
 *     the stream is cut, for whoever receives it, and not where the session ended. If not, nobody
 *     knows, as with all that was recorded before this was noted
 */
public record FragmentHeader(
        CameraId camera,
        RunId run,
        long sequence,
        MediaTime start,
        long durationTicks90k,
        int videoFrames,
        int audioFrames,
        Digest digest,
        boolean startsWithKeyFrame,
        boolean damaged,
        Optional<GapCause> gapBefore,
        Origin origin,
        boolean seam,
        int metadataFrames,
        boolean closed) {

    public FragmentHeader {
        requireNonNull(camera, "camera is null");
        requireNonNull(run, "run is null");
        requireNonNull(start, "start is null");
        requireNonNull(digest, "digest is null");
        requireNonNull(gapBefore, "gapBefore is null");
        requireNonNull(origin, "origin is null");
        if (sequence < 0
                || durationTicks90k < 1
                || videoFrames < 1
                || audioFrames < 0
                || metadataFrames < 0) {
            throw new IllegalArgumentException(
                    "fragment %d of run %s of camera %s has duration %d, %d video, %d audio and %d metadata frames"
                            .formatted(
                                    sequence,
                                    run,
                                    camera,
                                    durationTicks90k,
                                    videoFrames,
                                    audioFrames,
                                    metadataFrames));
        }
    }

    /** A header without metadata, of which nobody knows whether it is closed. */
    public FragmentHeader(
            CameraId camera,
            RunId run,
            long sequence,
            MediaTime start,
            long durationTicks90k,
            int videoFrames,
            int audioFrames,
            Digest digest,
            boolean startsWithKeyFrame,
            boolean damaged,
            Optional<GapCause> gapBefore,
            Origin origin,
            boolean seam) {
        this(
                camera,
                run,
                sequence,
                start,
                durationTicks90k,
                videoFrames,
                audioFrames,
                digest,
                startsWithKeyFrame,
                damaged,
                gapBefore,
                origin,
                seam,
                0,
                false);
    }

    /** The same without a seam before it. */
    public FragmentHeader(
            CameraId camera,
            RunId run,
            long sequence,
            MediaTime start,
            long durationTicks90k,
            int videoFrames,
            int audioFrames,
            Digest digest,
            boolean startsWithKeyFrame,
            boolean damaged,
            Optional<GapCause> gapBefore,
            Origin origin) {
        this(
                camera,
                run,
                sequence,
                start,
                durationTicks90k,
                videoFrames,
                audioFrames,
                digest,
                startsWithKeyFrame,
                damaged,
                gapBefore,
                origin,
                false);
    }

    /** Start of the next frame of the run. */
    public MediaTime end() {
        return start.plusTicks(durationTicks90k);
    }

    public TimeRange range() {
        return new TimeRange(start, end());
    }

    public FragmentHeader withGapBefore(Optional<GapCause> cause) {
        return placed(start, durationTicks90k, cause, origin, seam);
    }

    public FragmentHeader withStart(MediaTime newStart) {
        return placed(newStart, durationTicks90k, gapBefore, origin, seam);
    }

    /** The same frames at another place of a timeline. */
    public FragmentHeader placed(
            MediaTime newStart,
            long newDurationTicks90k,
            Optional<GapCause> newGapBefore,
            Origin newOrigin,
            boolean newSeam) {
        return new FragmentHeader(
                camera,
                run,
                sequence,
                newStart,
                newDurationTicks90k,
                videoFrames,
                audioFrames,
                digest,
                startsWithKeyFrame,
                damaged,
                newGapBefore,
                newOrigin,
                newSeam,
                metadataFrames,
                closed);
    }

    public FragmentHeader withClosed(boolean nowClosed) {
        return with(metadataFrames, nowClosed);
    }

    public FragmentHeader withMetadataFrames(int count) {
        return with(count, closed);
    }

    private FragmentHeader with(int newMetadataFrames, boolean nowClosed) {
        return new FragmentHeader(
                camera,
                run,
                sequence,
                start,
                durationTicks90k,
                videoFrames,
                audioFrames,
                digest,
                startsWithKeyFrame,
                damaged,
                gapBefore,
                origin,
                seam,
                newMetadataFrames,
                nowClosed);
    }
}
