package io.gapless.media;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/** What a decoder must know before the first sound. Immutable. */
public final class AudioConfiguration {
    private final AudioCodec codec;
    private final int sampleRateHz;
    private final int channels;
    private final byte[] audioSpecificConfig;

    /**
     * @param sampleRateHz 1 to 65535 or more, the time scale of the audio track
     * @param channels 1 to 255
     * @param audioSpecificConfig for AAC (ISO 14496-3, 1.6.2.1); empty for all others
     */
    public AudioConfiguration(
            AudioCodec codec, int sampleRateHz, int channels, byte[] audioSpecificConfig) {
        this.codec = requireNonNull(codec, "codec is null");
        if (sampleRateHz < 1 || channels < 1 || channels > 255) {
            throw new IllegalArgumentException(
                    "sound of %d Hz and %d channels is out of range"
                            .formatted(sampleRateHz, channels));
        }
        this.sampleRateHz = sampleRateHz;
        this.channels = channels;
        this.audioSpecificConfig = audioSpecificConfig.clone();
    }

    public AudioCodec codec() {
        return codec;
    }

    public int sampleRateHz() {
        return sampleRateHz;
    }

    public int channels() {
        return channels;
    }

    /** A copy of the AudioSpecificConfig; empty for all but AAC. */
    public byte[] audioSpecificConfig() {
        return audioSpecificConfig.clone();
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof AudioConfiguration other
                && codec == other.codec
                && sampleRateHz == other.sampleRateHz
                && channels == other.channels
                && Arrays.equals(audioSpecificConfig, other.audioSpecificConfig);
    }

    @Override
    public int hashCode() {
        return 31 * codec.hashCode() + sampleRateHz;
    }

    @Override
    public String toString() {
        return "%s %d Hz x %d".formatted(codec, sampleRateHz, channels);
    }
}
