package io.gapless.archive.read;

import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import io.gapless.media.SampleTable;
import io.gapless.media.fmp4.FragmentContents;
import io.gapless.media.fmp4.FragmentEncoder.SideSamples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The part of a stored fragment that goes into an export: access units presented in some time,
 * which may be all of them.
 *
 * @param whole whether no video access unit is left out
 */
record FragmentCut(
        FragmentContents fragment,
        TrackCut video,
        Optional<SideCut> audio,
        Optional<SideCut> metadata,
        boolean whole) {
    /** Sound or metadata that goes with it; its presentation time is that of the first. */
    record SideCut(MediaTime start, TrackCut track) {}

    /**
     * @param audioRateHz ticks per second of the audio's sample table
     * @param stays whether a picture presented at that time stays
     * @param soundStays likewise of sound and metadata
     */
    static FragmentCut of(
            FragmentContents fragment,
            int audioRateHz,
            Predicate<MediaTime> stays,
            Predicate<MediaTime> soundStays) {
        long[] presentation =
                Arrays.stream(fragment.presentationTimes())
                        .mapToLong(MediaTime::ticks90k)
                        .toArray();
        TrackCut video =
                TrackCut.of(
                        fragment.video(),
                        fragment.videoDataOffset(),
                        presentation,
                        fragment.header().end().ticks90k(),
                        ticks -> stays.test(new MediaTime(ticks)));
        return new FragmentCut(
                fragment,
                video,
                fragment.audio().flatMap(audio -> cut(audio, audioRateHz, soundStays)),
                fragment.metadata().flatMap(m -> cut(m, MediaTime.TICKS_PER_SECOND, soundStays)),
                video.frames() == fragment.video().size());
    }

    private static Optional<SideCut> cut(
            FragmentContents.SideTrack side, int rateHz, Predicate<MediaTime> stays) {
        SampleTable samples = side.samples();
        long[] presentation = new long[samples.size()];
        long end = 0;
        for (int i = 0; i < samples.size(); i++) {
            presentation[i] = end;
            end += samples.durations()[i];
        }
        TrackCut cut =
                TrackCut.of(
                        samples,
                        side.dataOffset(),
                        presentation,
                        end,
                        ticks -> stays.test(time(side.start(), ticks, rateHz)));
        return cut.frames() == 0
                ? Optional.empty()
                : Optional.of(
                        new SideCut(time(side.start(), cut.firstPresentation(), rateHz), cut));
    }

    private static MediaTime time(MediaTime start, long ticks, int rateHz) {
        return start.plusTicks(Math.floorDiv(ticks * MediaTime.TICKS_PER_SECOND, rateHz));
    }

    /** Presentation time of each video access unit that stays, in decoding order. */
    List<MediaTime> presentationTimes() {
        List<MediaTime> times = new ArrayList<>(video.frames());
        long decode = video.firstPresentation();
        for (int i = 0; i < video.frames(); i++) {
            times.add(new MediaTime(decode + video.samples().compositionOffsets()[i]));
            decode += video.samples().durations()[i];
        }
        return times;
    }

    /** The header of a fragment of which all video stays. */
    FragmentHeader wholeHeader() {
        FragmentHeader header = fragment.header();
        return header.audioFrames() == audioFrames() && header.metadataFrames() == count(metadata)
                ? header
                : header(header.damaged(), header.digest());
    }

    /**
     * The header of a fragment of which some video is left out.
     *
     * @param digest of the video that stays
     */
    FragmentHeader cutHeader(Digest digest) {
        return header(true, digest);
    }

    private FragmentHeader header(boolean damaged, Digest digest) {
        FragmentHeader header = fragment.header();
        FragmentHeader cut =
                new FragmentHeader(
                        header.camera(),
                        header.run(),
                        header.sequence(),
                        new MediaTime(video.firstPresentation()),
                        video.durationTicks(),
                        video.frames(),
                        audioFrames(),
                        digest,
                        video.samples().keyFrames()[0],
                        damaged,
                        header.gapBefore(),
                        header.origin(),
                        header.seam());
        return cut.withMetadataFrames(count(metadata)).withClosed(header.closed() && !damaged);
    }

    Optional<SideSamples> audioSamples() {
        return samples(audio);
    }

    Optional<SideSamples> metadataSamples() {
        return samples(metadata);
    }

    private static Optional<SideSamples> samples(Optional<SideCut> side) {
        return side.map(cut -> new SideSamples(cut.start(), cut.track().samples()));
    }

    int audioFrames() {
        return count(audio);
    }

    private static int count(Optional<SideCut> side) {
        return side.map(cut -> cut.track().frames()).orElse(0);
    }

    /** Where the bytes are, in the order in which they are to be written. */
    List<TrackCut.Piece> pieces() {
        List<TrackCut.Piece> pieces = new ArrayList<>(video.pieces());
        audio.ifPresent(cut -> pieces.addAll(cut.track().pieces()));
        metadata.ifPresent(cut -> pieces.addAll(cut.track().pieces()));
        return pieces;
    }
}
