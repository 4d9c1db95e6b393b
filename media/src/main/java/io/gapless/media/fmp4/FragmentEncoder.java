package io.gapless.media.fmp4;

import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import io.gapless.media.SampleTable;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The boxes in front of a fragment's access units: {@code [uuid][prft][moof][mdat header]}. They
 * are to be followed by the bytes of the video access units, then those of the audio ones.
 *
 * <p>Everything before the video's samples has a fixed place, so that a fragment can be moved into
 * another recording by overwriting a few numbers: docs/archive-format.md, "Moving a fragment".
 */
public final class FragmentEncoder {
    static final int PRFT_BYTES = 32;

    /** Where the {@code moof} stands in a fragment. */
    static final int MOOF_OFFSET = FragmentBox.BYTES + PRFT_BYTES;

    private static final int MFHD_BYTES = 16;
    private static final int TFHD_BYTES = 20;
    private static final int TFDT_BYTES = 20;
    private static final int TRUN_FIELDS_BYTES = 20;
    private static final int TRAF_BYTES =
            Box.HEADER_BYTES + TFHD_BYTES + TFDT_BYTES + TRUN_FIELDS_BYTES;
    private static final int VIDEO_SAMPLE_BYTES = 16;
    private static final int AUDIO_SAMPLE_BYTES = 8;

    /** baseMediaDecodeTime is the last field of tfdt. */
    private static final int DECODE_TIME_IN_TRAF =
            Box.HEADER_BYTES + TFHD_BYTES + TFDT_BYTES - Long.BYTES;

    private static final int VIDEO_TRAF_OFFSET = MOOF_OFFSET + Box.HEADER_BYTES + MFHD_BYTES;

    /** default-base-is-moof, sample-description-index-present (ISO 14496-12, 8.8.7). */
    private static final int TFHD_FLAGS = 0x02_0002;

    /** data-offset, duration, size, flags, composition offset (ISO 14496-12, 8.8.8). */
    private static final int VIDEO_TRUN_FLAGS = 0xF01;

    /** data-offset, duration, size. */
    private static final int AUDIO_TRUN_FLAGS = 0x301;

    /**
     * Audio of a fragment without its bytes.
     *
     * @param start presentation time of the first access unit
     */
    public record AudioSamples(MediaTime start, SampleTable samples) {
        /**
         * Decoding times cannot be negative. Access units due before {@code earliest}, which came
         * late for the recording before, follow one another at once from there on, so that those
         * due later keep their time.
         */
        AudioSamples notBefore(MediaTime earliest, int rateHz) {
            if (!start.isBefore(earliest)) {
                return this;
            }
            long late = samplesIn(earliest.ticksSince(start), rateHz);
            int[] durations = samples.durations().clone();
            int early = 0;
            long due = 0;
            while (early < durations.length && due < late) {
                due += durations[early];
                durations[early++] = 1;
            }
            durations[early - 1] = Math.toIntExact(Math.max(1, due - late - (early - 1)));
            return new AudioSamples(
                    earliest,
                    new SampleTable(
                            samples.sizesBytes(),
                            durations,
                            samples.compositionOffsets(),
                            samples.keyFrames()));
        }

        private static long samplesIn(long ticks90k, int rateHz) {
            return Math.max(
                    1,
                    -Math.floorDiv(
                            -Math.multiplyExact(ticks90k, (long) rateHz),
                            (long) MediaTime.TICKS_PER_SECOND));
        }
    }

    private FragmentEncoder() {}

    /**
     * The boxes before the access units of {@code fragment}, to be followed by {@code
     * fragment.videoData().views()} and the views of its audio data.
     *
     * @param recordingStart start of the first fragment of the recording, from which decoding times
     *     count. Sound due before it, which the first fragment may have since sound does not wait
     *     for pictures nor they for it, is squeezed in at 0, see {@link AudioSamples}
     * @param moofSequence position in the recording, counted from 1 (ISO 14496-12, 8.8.5)
     * @return a heap buffer from position 0 to its limit
     */
    public static ByteBuffer header(Fragment fragment, MediaTime recordingStart, int moofSequence) {
        return header(
                fragment.header(),
                fragment.video(),
                audioSamples(fragment),
                Tracks.of(fragment.configuration()),
                recordingStart,
                moofSequence);
    }

    private static Optional<AudioSamples> audioSamples(Fragment fragment) {
        return fragment.audio().map(a -> new AudioSamples(a.start(), a.samples()));
    }

    /**
     * Likewise for access units that stand elsewhere, for example in another recording.
     *
     * @throws IllegalArgumentException if the tables have other numbers of access units than the
     *     header, or are too large for a fragment
     */
    public static ByteBuffer header(
            FragmentHeader header,
            SampleTable video,
            Optional<AudioSamples> received,
            Tracks tracks,
            MediaTime recordingStart,
            int moofSequence) {
        check(header, video, received);
        Optional<AudioSamples> audio =
                received.map(a -> a.notBefore(recordingStart, tracks.audioTimescale()));
        long videoBytes = sum(video);
        long dataBytes = videoBytes + audio.map(a -> sum(a.samples)).orElse(0L);
        int headerBytes = headerBytes(header.videoFrames(), header.audioFrames());
        int audioTraf = VIDEO_TRAF_OFFSET + TRAF_BYTES + VIDEO_SAMPLE_BYTES * video.size();
        BoxWriter out = new BoxWriter(headerBytes);
        new FragmentBox(
                        new FragmentRecord(header, headerBytes, headerBytes + dataBytes),
                        tracks.configuration(),
                        VIDEO_TRAF_OFFSET + DECODE_TIME_IN_TRAF,
                        audio.isPresent() ? audioTraf + DECODE_TIME_IN_TRAF : 0,
                        audio.map(AudioSamples::start))
                .write(out);
        long videoTime = Math.max(0, header.start().ticksSince(recordingStart));
        producerReferenceTime(out, tracks.videoTrack(), header.start(), videoTime);
        int dataOffset = headerBytes - MOOF_OFFSET;
        out.begin(Box.MOOF).begin("mfhd", 0, 0).int32(moofSequence).end();
        videoTraf(out, tracks, videoTime, dataOffset, video);
        audio.ifPresent(
                a ->
                        audioTraf(
                                out,
                                tracks,
                                audioTime(a.start.ticksSince(recordingStart), tracks),
                                Math.toIntExact(dataOffset + videoBytes),
                                a.samples));
        out.end();
        out.int32(Math.toIntExact(Box.HEADER_BYTES + dataBytes)).int32(Box.MDAT);
        return out.finish();
    }

    /** What the fragment takes in a recording, from its {@code uuid} to the end of its mdat. */
    public static long sizeBytes(Fragment fragment) {
        FragmentHeader header = fragment.header();
        return headerBytes(header.videoFrames(), header.audioFrames()) + fragment.sizeBytes();
    }

    /**
     * Bytes before the first access unit.
     *
     * @throws IllegalArgumentException if there are too many frames for a fragment
     */
    public static int headerBytes(int videoFrames, int audioFrames) {
        long audio = audioFrames == 0 ? 0 : TRAF_BYTES + (long) AUDIO_SAMPLE_BYTES * audioFrames;
        long video = TRAF_BYTES + (long) VIDEO_SAMPLE_BYTES * videoFrames;
        long bytes = VIDEO_TRAF_OFFSET + video + audio + Box.HEADER_BYTES;
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a fragment of %d and %d frames".formatted(videoFrames, audioFrames));
        }
        return (int) bytes;
    }

    private static void check(
            FragmentHeader header, SampleTable video, Optional<AudioSamples> audio) {
        int audioFrames = audio.map(a -> a.samples.size()).orElse(0);
        boolean emptyAudio = audio.isPresent() && audioFrames == 0;
        if (header.videoFrames() != video.size()
                || header.audioFrames() != audioFrames
                || emptyAudio) {
            throw new IllegalArgumentException(
                    "fragment %d of run %s has %d and %d frames, but its header says %d and %d"
                            .formatted(
                                    header.sequence(),
                                    header.run(),
                                    video.size(),
                                    audioFrames,
                                    header.videoFrames(),
                                    header.audioFrames()));
        }
    }

    static long sum(SampleTable samples) {
        long sum = 0;
        for (int size : samples.sizesBytes()) {
            sum += size;
        }
        return sum;
    }

    /** ISO 14496-12, 8.16.5 */
    private static void producerReferenceTime(
            BoxWriter out, int track, MediaTime start, long mediaTime) {
        out.begin("prft", 1, 0).int32(track);
        out.int64(NtpTime.of(start)).int64(mediaTime).end();
    }

    private static long audioTime(long ticks90k, Tracks tracks) {
        long half = MediaTime.TICKS_PER_SECOND / 2;
        long scaled = Math.multiplyExact(ticks90k, (long) tracks.audioTimescale());
        return Math.max(0, Math.floorDiv(scaled + half, (long) MediaTime.TICKS_PER_SECOND));
    }

    private static void videoTraf(
            BoxWriter out, Tracks tracks, long decodeTime, int dataOffset, SampleTable samples) {
        trackFragment(out, tracks.videoTrack(), tracks.videoEntry(), decodeTime);
        out.begin("trun", 1, VIDEO_TRUN_FLAGS).int32(samples.size()).int32(dataOffset);
        for (int i = 0; i < samples.size(); i++) {
            out.int32(samples.durations()[i]).int32(samples.sizesBytes()[i]);
            out.int32(samples.keyFrames()[i] ? MovieBox.SYNC_SAMPLE : MovieBox.NON_SYNC_SAMPLE);
            out.int32(samples.compositionOffsets()[i]);
        }
        out.end().end();
    }

    private static void audioTraf(
            BoxWriter out, Tracks tracks, long decodeTime, int dataOffset, SampleTable samples) {
        trackFragment(out, tracks.audioTrack(), tracks.audioEntry(), decodeTime);
        out.begin("trun", 1, AUDIO_TRUN_FLAGS).int32(samples.size()).int32(dataOffset);
        for (int i = 0; i < samples.size(); i++) {
            out.int32(samples.durations()[i]).int32(samples.sizesBytes()[i]);
        }
        out.end().end();
    }

    private static void trackFragment(BoxWriter out, int track, int entry, long decodeTime) {
        out.begin("traf").begin("tfhd", 0, TFHD_FLAGS).int32(track).int32(entry).end();
        out.begin("tfdt", 1, 0).int64(decodeTime).end();
    }
}
