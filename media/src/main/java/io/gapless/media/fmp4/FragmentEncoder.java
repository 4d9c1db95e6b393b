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
 */
@SuppressWarnings("DoNotCallSuggester")
public final class FragmentEncoder {
    /**
     * Audio of a fragment without its bytes.
     *
     * @param start presentation time of the first access unit
     */
    public record AudioSamples(MediaTime start, SampleTable samples) {}

    private FragmentEncoder() {}

    /**
     * The boxes before the access units of {@code fragment}, to be followed by {@code
     * fragment.videoData().views()} and the views of its audio data.
     *
     * @param recordingStart start of the first fragment of the recording, from which decoding times
     *     count
     * @param moofSequence position in the recording, counted from 1 (ISO 14496-12, 8.8.5)
     * @return a heap buffer from position 0 to its limit
     */
    public static ByteBuffer header(Fragment fragment, MediaTime recordingStart, int moofSequence) {
        return header(
                fragment.header(),
                fragment.video(),
                fragment.audio().map(a -> new AudioSamples(a.start(), a.samples())),
                Tracks.of(fragment.configuration()),
                recordingStart,
                moofSequence);
    }

    /** Likewise for access units that stand elsewhere, for example in another recording. */
    public static ByteBuffer header(
            FragmentHeader header,
            SampleTable video,
            Optional<AudioSamples> audio,
            Tracks tracks,
            MediaTime recordingStart,
            int moofSequence) {
        throw new UnsupportedOperationException();
    }

    /** What the fragment takes in a recording, from its {@code uuid} to the end of its mdat. */
    public static long sizeBytes(Fragment fragment) {
        throw new UnsupportedOperationException();
    }
}
