package io.gapless.media.stitch;

import io.gapless.media.FragmentHeader;

/**
 * An offered fragment with its place on the primary's timeline, in ticks of 1/90000 s.
 *
 * @param anchored whether the place follows from video that both have, not from clocks
 * @param known whether the primary has the cut before it
 * @param proven whether the primary has a fragment that starts with the same frame
 * @param reach where its run's unbroken sequence of whole fragments ends
 */
record Placed(
        FragmentHeader header,
        boolean anchored,
        boolean known,
        boolean proven,
        int startCut,
        int endCut,
        long from,
        long to,
        long reach) {

    long halfFrame() {
        return (to - from) / header.videoFrames() / 2;
    }

    boolean key() {
        return header.startsWithKeyFrame();
    }

    boolean sameRun(Placed other) {
        return header.run().equals(other.header.run());
    }

    Placed at(long newFrom, long newTo) {
        return new Placed(header, anchored, known, proven, startCut, endCut, newFrom, newTo, reach);
    }
}
