package io.gapless.media.timeline;

import java.io.IOException;

/** Reads the presentation times of a fragment's video frames, in any order. */
@FunctionalInterface
public interface PresentationTimes<E> {
    /** Ticks of 1/90000 s since 1970. */
    long[] ticks90k(E fragment) throws IOException;
}
