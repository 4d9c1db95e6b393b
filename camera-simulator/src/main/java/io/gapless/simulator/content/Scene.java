package io.gapless.simulator.content;

/** What a simulated camera looks at. */
public enum Scene {
    /** A moving pattern under noise: every picture differs from every other of its clip. */
    MOVING,
    /** Black, for ever: pictures repeat bit by bit, as in an unlit room. */
    BLACK
}
