package io.gapless.media.fmp4;

import io.gapless.media.AudioConfiguration;
import io.gapless.media.StreamConfiguration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the samples of one configuration belong in a file. A recording has video in track 1 and
 * audio, if any, in track 2.
 *
 * <p>An export across a change has a track for each different configuration of video and of audio.
 * ISO 14496-12, 8.5.2 would have several sample entries in one track instead, but FFmpeg takes no
 * notice of the sample entry that a fragment names: it decoded everything with the first.
 *
 * @param configuration position of the configuration among those of the file, from 0
 * @param videoTrack counted from 1
 * @param audioTrack 0, as is the next, if the configuration has no audio
 * @param audioTimescale ticks per second of the audio track
 */
public record Tracks(int configuration, int videoTrack, int audioTrack, int audioTimescale) {

    /** The tracks of a recording, which has one configuration. */
    public static Tracks of(StreamConfiguration configuration) {
        int audioTimescale = configuration.audio().map(AudioConfiguration::sampleRateHz).orElse(0);
        return new Tracks(0, 1, audioTimescale == 0 ? 0 : 2, audioTimescale);
    }

    /** For each configuration of an {@link InitializationSegment}, in its order, where it went. */
    public static List<Tracks> of(List<StreamConfiguration> configurations) {
        Map<Object, Integer> numbers = new HashMap<>();
        List<Tracks> all = new ArrayList<>();
        for (StreamConfiguration configuration : configurations) {
            int video = number(numbers, configuration.video());
            int audio = configuration.audio().map(a -> number(numbers, a)).orElse(0);
            int timescale = configuration.audio().map(AudioConfiguration::sampleRateHz).orElse(0);
            all.add(new Tracks(all.size(), video, audio, timescale));
        }
        return all;
    }

    private static int number(Map<Object, Integer> numbers, Object configuration) {
        return numbers.computeIfAbsent(configuration, c -> numbers.size() + 1);
    }
}
