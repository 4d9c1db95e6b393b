package io.gapless.simulator.content;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A piece of video that can be played in a loop: it starts with a key frame and every picture
 * presented is inside it.
 *
 * @param frames in decoding order
 * @param parameterSets the NAL units of the VPS (H.265 only), SPS and PPS
 */
public record VideoClip(Rendition rendition, List<ClipFrame> frames, List<byte[]> parameterSets) {
    public VideoClip {
        requireNonNull(rendition, "rendition is null");
        frames = List.copyOf(frames);
        parameterSets = List.copyOf(parameterSets);
    }

    /** By how many frames pictures must be sent after their capture so that none is sent before. */
    public int reorderFrames() {
        int most = 0;
        for (int i = 0; i < frames.size(); i++) {
            most = Math.max(most, frames.get(i).presentation() - i);
        }
        return most;
    }
}
