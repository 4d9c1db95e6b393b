package io.gapless.rtp.av1;

/**
 * Whether each temporal unit has one frame. Nothing says so, but who hides frames, or sends several
 * layers, does it within the first group of pictures: what is hidden goes before what refers to it.
 */
final class FrameHabit {
    /** More than the frames from one that is hidden to the next. */
    private static final int ENOUGH = 32;

    private int frames;
    private int single;
    private boolean several;

    void beginTemporalUnit() {
        frames = 0;
    }

    void frame() {
        frames++;
        several |= frames > 1;
    }

    /** The temporal unit is whole. */
    void wholeTemporalUnit() {
        single = Math.min(ENOUGH, single + 1);
    }

    boolean isOneFrameEach() {
        return !several && single == ENOUGH;
    }
}
