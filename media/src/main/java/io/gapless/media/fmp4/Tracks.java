package io.gapless.media.fmp4;

import io.gapless.media.AudioConfiguration;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.VideoCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the samples of one configuration belong in a file: tracks and sample entries, all counted
 * from 1 (ISO 14496-12, 8.5.2 and 8.8.7).
 *
 * <p>A file with several configurations has one video track for each codec, since no player changes
 * the codec within a track, one audio track for each codec and sample rate, since a track has one
 * time scale, and one track of metadata if any has it. Each configuration has a sample entry of its
 * own. FFmpeg decodes everything in a track with its first sample entry, whatever a fragment names;
 * so whoever writes such a file repeats the parameter sets before key frames.
 *
 * @param configuration position of the configuration among those of the file, from 0
 * @param audioTrack 0, as are the next two, if the configuration has no audio
 * @param audioTimescale ticks per second of the audio track
 * @param metadataTrack 0, as is the next, if the configuration has no metadata
 */
public record Tracks(
        int configuration,
        int videoTrack,
        int videoEntry,
        int audioTrack,
        int audioEntry,
        int audioTimescale,
        int metadataTrack,
        int metadataEntry) {
    private static final String METADATA = "metadata";

    /** The tracks of a recording, which has one configuration. */
    public static Tracks of(StreamConfiguration configuration) {
        return of(List.of(configuration)).get(0);
    }

    /** For each configuration of an {@link InitializationSegment}, in its order, where it went. */
    public static List<Tracks> of(List<StreamConfiguration> configurations) {
        Map<Object, Integer> trackNumbers = new HashMap<>();
        Map<Integer, Integer> entries = new HashMap<>();
        List<Tracks> all = new ArrayList<>();
        for (StreamConfiguration configuration : configurations) {
            int video = number(trackNumbers, key(configuration.video().codec()));
            int audio = configuration.audio().map(a -> number(trackNumbers, key(a))).orElse(0);
            int metadata = configuration.metadata() ? number(trackNumbers, METADATA) : 0;
            all.add(
                    new Tracks(
                            all.size(),
                            video,
                            entry(entries, video),
                            audio,
                            entry(entries, audio),
                            configuration.audio().map(AudioConfiguration::sampleRateHz).orElse(0),
                            metadata,
                            entry(entries, metadata)));
        }
        return all;
    }

    private static int entry(Map<Integer, Integer> entries, int track) {
        return track == 0 ? 0 : entries.merge(track, 1, Integer::sum);
    }

    private static Object key(VideoCodec codec) {
        return codec;
    }

    private static Object key(AudioConfiguration audio) {
        return List.of(audio.codec(), audio.sampleRateHz());
    }

    private static int number(Map<Object, Integer> numbers, Object key) {
        return numbers.computeIfAbsent(key, k -> numbers.size() + 1);
    }
}
