package io.gapless.archive.read;

import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import io.gapless.media.SampleTable;
import io.gapless.media.fmp4.FragmentContents;
import io.gapless.media.fmp4.FragmentEncoder.AudioSamples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The part of a stored fragment that goes into an export: video and audio access units presented in
 * some time, which may be all of them.
 *
 * @param whole whether no video access unit is left out
 */
record FragmentCut(
        FragmentContents fragment, TrackCut video, Optional<AudioCut> audio, boolean whole) {
    /** Sound that goes with it; its presentation time is that of the first access unit. */
    record AudioCut(MediaTime start, TrackCut track) {}

    /**
     * @param audioRateHz ticks per second of the audio's sample table
     * @param stays whether a picture presented at that time stays
     * @param soundStays likewise of sound
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
                video.frames() == fragment.video().size());
    }

    private static Optional<AudioCut> cut(
            FragmentContents.Audio audio, int rateHz, Predicate<MediaTime> stays) {
        SampleTable samples = audio.samples();
        long[] presentation = new long[samples.size()];
        long end = 0;
        for (int i = 0; i < samples.size(); i++) {
            presentation[i] = end;
            end += samples.durations()[i];
        }
        TrackCut cut =
                TrackCut.of(
                        samples,
                        audio.dataOffset(),
                        presentation,
                        end,
                        ticks -> stays.test(time(audio.start(), ticks, rateHz)));
        return cut.frames() == 0
                ? Optional.empty()
                : Optional.of(
                        new AudioCut(time(audio.start(), cut.firstPresentation(), rateHz), cut));
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
        return header.audioFrames() == audioFrames()
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
        return new FragmentHeader(
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
    }

    Optional<AudioSamples> audioSamples() {
        return audio.map(cut -> new AudioSamples(cut.start(), cut.track().samples()));
    }

    int audioFrames() {
        return audio.map(cut -> cut.track().frames()).orElse(0);
    }

    /** Where the bytes are, in the order in which they are to be written: video, then audio. */
    List<TrackCut.Piece> pieces() {
        List<TrackCut.Piece> pieces = new ArrayList<>(video.pieces());
        audio.ifPresent(cut -> pieces.addAll(cut.track().pieces()));
        return pieces;
    }
}
