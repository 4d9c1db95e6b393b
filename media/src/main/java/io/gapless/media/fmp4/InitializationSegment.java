package io.gapless.media.fmp4;

import io.gapless.media.StreamConfiguration;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * {@code ftyp} and {@code moov}, which stand once at the start of a recording (ISO 14496-12, 8.8).
 * They depend on nothing but the codec configuration.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class InitializationSegment {
    private InitializationSegment() {}

    /**
     * @param configurations one for a recording; several for an export across a change, whose
     *     fragments name theirs by its {@link Tracks}
     */
    public static byte[] encode(List<StreamConfiguration> configurations) {
        throw new UnsupportedOperationException();
    }

    /**
     * What {@link #encode} was given, from at least the {@code moov} of a recording.
     *
     * @throws IllegalArgumentException with a sentence if this is no such segment
     */
    public static List<StreamConfiguration> decode(ByteBuffer segment) {
        throw new UnsupportedOperationException();
    }
}
