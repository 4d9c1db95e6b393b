package io.gapless.media.stitch;

/**
 * How far apart the clocks of two runs should be.
 *
 * @param shiftTicks90k time in the first run minus time in the second
 * @param certain whether it follows from video and not from clocks
 * @param withinTicks90k how far it may be off if it is certain
 */
record Expectation(long shiftTicks90k, boolean certain, long withinTicks90k) {}
