package io.gapless.simulator;

import io.gapless.simulator.rtp.PacketizedFrame;

/**
 * A stretch of a camera's frames with one clip and one labelled frame rate.
 *
 * @param firstFrame counter of its first frame
 * @param firstTicks RTP time (1/90000 s, 64 bit, from the camera's start) of that frame
 * @param phase index in the clip of that frame, so that cameras of one clip differ
 */
record Segment(long firstFrame, long firstTicks, int phase, PacketizedClip clip, int labelledFps) {
    static final int TICKS_PER_SECOND = 90_000;

    PacketizedFrame packets(long frame) {
        return clip.packets().get(index(frame));
    }

    boolean isKey(long frame) {
        return clip.places().get(index(frame)).key();
    }

    boolean startsAnew(long frame) {
        return clip.startsAnew(index(frame));
    }

    /** Whether no frame from this one on is presented before one that came before. */
    boolean separates(long frame) {
        return clip.places().get(index(frame)).separates();
    }

    /** The place of a frame in presentation order, in the camera's frame numbers. */
    long presentation(long frame) {
        long played = frame - firstFrame + phase;
        long loopStart = played - Math.floorMod(played, clip.length());
        return firstFrame - phase + loopStart + clip.places().get(index(frame)).presentation();
    }

    /** RTP time of a place in presentation order. */
    long ticks(long presentation) {
        return ticksBetween((double) presentation);
    }

    /** RTP time of a fractional place in presentation order. */
    long ticksBetween(double presentation) {
        return firstTicks
                + Math.round((presentation - firstFrame) * TICKS_PER_SECOND / labelledFps);
    }

    private int index(long frame) {
        return (int) Math.floorMod(frame - firstFrame + phase, (long) clip.length());
    }
}
