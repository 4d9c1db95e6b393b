package io.gapless.simulator.content;

import java.util.List;

/**
 * One coded picture of a clip.
 *
 * @param key whether decoding can start here
 * @param presentation the place in presentation order within the clip, counted from 0
 * @param nalUnits NAL units without start codes, in order, parameter sets included as encoded; of
 *     JPEG, the one file
 */
public record ClipFrame(boolean key, int presentation, List<byte[]> nalUnits) {
    public ClipFrame {
        nalUnits = List.copyOf(nalUnits);
    }
}
