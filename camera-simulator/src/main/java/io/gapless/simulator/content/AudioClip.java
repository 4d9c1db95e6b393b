package io.gapless.simulator.content;

import java.util.List;

/**
 * A tone that can be played in a loop.
 *
 * @param units access units, each of {@link AudioFormat#unitSamples} samples
 * @param configuration the AudioSpecificConfig of AAC (ISO/IEC 14496-3) in hexadecimal, empty for
 *     others
 */
public record AudioClip(AudioFormat format, List<byte[]> units, String configuration) {
    public AudioClip {
        units = List.copyOf(units);
    }
}
