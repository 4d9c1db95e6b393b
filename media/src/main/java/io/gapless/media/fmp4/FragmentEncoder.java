package io.gapless.media.fmp4;

import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import io.gapless.media.SampleTable;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The boxes in front of a fragment's access units: {@code [uuid][prft][moof][mdat header]}. They
 * are to be followed by the bytes of the video access units, then those of the audio ones, then
 * those of the metadata.
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
    private static final int SIDE_SAMPLE_BYTES = 8;

    /** baseMediaDecodeTime is the last field of tfdt. */
    private static final int DECODE_TIME_IN_TRAF =
            Box.HEADER_BYTES + TFHD_BYTES + TFDT_BYTES - Long.BYTES;

    private static final int VIDEO_TRAF_OFFSET = MOOF_OFFSET + Box.HEADER_BYTES + MFHD_BYTES;

    /** default-base-is-moof, sample-description-index-present (ISO 14496-12, 8.8.7). */
    private static final int TFHD_FLAGS = 0x02_0002;

    /** data-offset, duration, size, flags, composition offset (ISO 14496-12, 8.8.8). */
    private static final int VIDEO_TRUN_FLAGS = 0xF01;

    /** data-offset, duration, size. */
    private static final int SIDE_TRUN_FLAGS = 0x301;

    /**
     * Audio or metadata of a fragment without its bytes.
     *
     * @param start presentation time of the first access unit
     */
    public record SideSamples(MediaTime start, SampleTable samples) {
        public static SideSamples of(Fragment.SideTrack track) {
            return new SideSamples(track.start(), track.samples());
        }

        public static SideSamples of(FragmentContents.SideTrack track) {
            return new SideSamples(track.start(), track.samples());
        }

        /**
         * Decoding times cannot be negative. Access units due before {@code earliest}, which came
         * late for the recording before, follow one another at once from there on, so that those
         * due later keep their time.
         */
        SideSamples notBefore(MediaTime earliest, int rateHz) {
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
            return new SideSamples(
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
     * fragment.views()}.
     *
     * @param recordingStart start of the first fragment of the recording, from which decoding times
     *     count. Sound due before it, which the first fragment may have since sound does not wait
     *     for pictures nor they for it, is squeezed in at 0, see {@link SideSamples}
     * @param moofSequence position in the recording, counted from 1 (ISO 14496-12, 8.8.5)
     * @return a heap buffer from position 0 to its limit
     */
    public static ByteBuffer header(Fragment fragment, MediaTime recordingStart, int moofSequence) {
        return header(
                fragment.header(),
                fragment.video(),
                fragment.audio().map(SideSamples::of),
                fragment.metadata().map(SideSamples::of),
                Tracks.of(fragment.configuration()),
                recordingStart,
                moofSequence);
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
            Optional<SideSamples> sound,
            Optional<SideSamples> documents,
            Tracks tracks,
            MediaTime recordingStart,
            int moofSequence) {
        check(header, video, sound, documents);
        Optional<SideSamples> audio =
                sound.map(a -> a.notBefore(recordingStart, tracks.audioTimescale()));
        Optional<SideSamples> metadata =
                documents.map(m -> m.notBefore(recordingStart, MediaTime.TICKS_PER_SECOND));
        long videoBytes = sum(video);
        long audioBytes = sum(audio);
        long dataBytes = videoBytes + audioBytes + sum(metadata);
        int headerBytes = headerBytes(header);
        int audioTraf = VIDEO_TRAF_OFFSET + TRAF_BYTES + VIDEO_SAMPLE_BYTES * video.size();
        BoxWriter out = new BoxWriter(headerBytes);
        new FragmentBox(
                        new FragmentRecord(header, headerBytes, headerBytes + dataBytes),
                        tracks.configuration(),
                        VIDEO_TRAF_OFFSET + DECODE_TIME_IN_TRAF,
                        audio.isPresent() ? audioTraf + DECODE_TIME_IN_TRAF : 0,
                        audio.map(SideSamples::start))
                .write(out);
        long videoTime = Math.max(0, header.start().ticksSince(recordingStart));
        producerReferenceTime(out, tracks.videoTrack(), header.start(), videoTime);
        int dataOffset = headerBytes - MOOF_OFFSET;
        out.begin(Box.MOOF).begin("mfhd", 0, 0).int32(moofSequence).end();
        videoTraf(out, tracks, videoTime, dataOffset, video);
        audio.ifPresent(
                a -> {
                    long time = audioTime(a.start.ticksSince(recordingStart), tracks);
                    trackFragment(out, tracks.audioTrack(), tracks.audioEntry(), time);
                    sideRun(out, Math.toIntExact(dataOffset + videoBytes), a.samples);
                });
        metadata.ifPresent(
                m -> {
                    long time = m.start.ticksSince(recordingStart);
                    trackFragment(out, tracks.metadataTrack(), tracks.metadataEntry(), time);
                    sideRun(out, Math.toIntExact(dataOffset + videoBytes + audioBytes), m.samples);
                });
        out.end();
        out.int32(Math.toIntExact(Box.HEADER_BYTES + dataBytes)).int32(Box.MDAT);
        return out.finish();
    }

    /** What the fragment takes in a recording, from its {@code uuid} to the end of its mdat. */
    public static long sizeBytes(Fragment fragment) {
        return headerBytes(fragment.header()) + fragment.sizeBytes();
    }

    /**
     * Bytes before the first access unit.
     *
     * @throws IllegalArgumentException if there are too many frames for a fragment
     */
    public static int headerBytes(FragmentHeader header) {
        long video = TRAF_BYTES + (long) VIDEO_SAMPLE_BYTES * header.videoFrames();
        long bytes =
                VIDEO_TRAF_OFFSET
                        + video
                        + sideTrafBytes(header.audioFrames())
                        + sideTrafBytes(header.metadataFrames())
                        + Box.HEADER_BYTES;
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a fragment of %d, %d and %d frames"
                            .formatted(
                                    header.videoFrames(),
                                    header.audioFrames(),
                                    header.metadataFrames()));
        }
        return (int) bytes;
    }

    private static long sideTrafBytes(int frames) {
        return frames == 0 ? 0 : TRAF_BYTES + (long) SIDE_SAMPLE_BYTES * frames;
    }

    /**
     * How many metadata documents make the boxes as long as they are.
     *
     * @param header of the same fragment, without metadata
     * @throws IllegalArgumentException if none do
     */
    static int metadataFrames(FragmentHeader header, int headerBytes) {
        long rest = (long) headerBytes - headerBytes(header);
        long tables = rest - TRAF_BYTES;
        if (rest != 0 && (tables <= 0 || tables % SIDE_SAMPLE_BYTES != 0)) {
            throw new IllegalArgumentException(
                    "boxes of %d bytes before the first access unit".formatted(headerBytes));
        }
        return rest == 0 ? 0 : (int) (tables / SIDE_SAMPLE_BYTES);
    }

    private static void check(
            FragmentHeader header,
            SampleTable video,
            Optional<SideSamples> audio,
            Optional<SideSamples> metadata) {
        if (header.videoFrames() != video.size()
                || !fits(header.audioFrames(), audio)
                || !fits(header.metadataFrames(), metadata)) {
            throw new IllegalArgumentException(
                    "the tables of fragment %d of run %s have other numbers of frames than its header"
                            .formatted(header.sequence(), header.run()));
        }
    }

    private static boolean fits(int frames, Optional<SideSamples> track) {
        return frames == 0
                ? track.isEmpty()
                : track.filter(t -> t.samples.size() == frames).isPresent();
    }

    private static long sum(Optional<SideSamples> track) {
        return track.map(t -> sum(t.samples)).orElse(0L);
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

    /** Ends the traf, too. */
    private static void sideRun(BoxWriter out, int dataOffset, SampleTable samples) {
        out.begin("trun", 1, SIDE_TRUN_FLAGS).int32(samples.size()).int32(dataOffset);
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
