package io.gapless.media.fmp4;

import io.gapless.media.StreamConfiguration;
import java.util.List;

/**
 * Where the samples of one configuration belong in a file: tracks and sample entries, all counted
 * from 1 (ISO 14496-12, 8.5.2 and 8.8.7).
 *
 * @param audioTimescale ticks per second of the audio track; any value if there is no audio
 */
@SuppressWarnings("DoNotCallSuggester")
public record Tracks(
        int videoTrack, int videoEntry, int audioTrack, int audioEntry, int audioTimescale) {

    /** The tracks of a recording, which has one configuration. */
    public static Tracks of(StreamConfiguration configuration) {
        return of(List.of(configuration)).get(0);
    }

    /** For each configuration of an {@link InitializationSegment}, in its order, where it went. */
    public static List<Tracks> of(List<StreamConfiguration> configurations) {
        throw new UnsupportedOperationException();
    }
}
