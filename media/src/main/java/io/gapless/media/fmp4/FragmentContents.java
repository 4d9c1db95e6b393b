package io.gapless.media.fmp4;

import static java.util.Objects.requireNonNull;

import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import io.gapless.media.SampleTable;
import java.util.Optional;

/**
 * Where the access units of a stored fragment are, and when.
 *
 * @param configuration position of its configuration among those of the recording, from 0
 * @param videoDataOffset of the first video access unit in the recording; the others follow
 */
public record FragmentContents(
        FragmentHeader header,
        int configuration,
        SampleTable video,
        long videoDataOffset,
        Optional<SideTrack> audio,
        Optional<SideTrack> metadata) {
    /**
     * Access units of another track than the video's, one behind the other from {@code dataOffset}.
     *
     * @param start presentation time of the first
     */
    public record SideTrack(MediaTime start, SampleTable samples, long dataOffset) {
        public SideTrack {
            requireNonNull(start, "start is null");
            requireNonNull(samples, "samples is null");
        }
    }

    public FragmentContents {
        requireNonNull(header, "header is null");
        requireNonNull(video, "video is null");
        requireNonNull(audio, "audio is null");
        requireNonNull(metadata, "metadata is null");
    }

    /** Presentation time of each video access unit, in decoding order. */
    public MediaTime[] presentationTimes() {
        MediaTime[] times = new MediaTime[video.size()];
        long decode = 0;
        for (int i = 0; i < times.length; i++) {
            times[i] = header.start().plusTicks(decode + video.compositionOffsets()[i]);
            decode += video.durations()[i];
        }
        return times;
    }

    /** Bytes of all video access units. */
    public long videoDataBytes() {
        return FragmentEncoder.sum(video);
    }

    /** Bytes of all audio access units. */
    public long audioDataBytes() {
        return audio.map(a -> FragmentEncoder.sum(a.samples())).orElse(0L);
    }
}
