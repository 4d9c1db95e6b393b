package io.gapless.media.timeline;

import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import java.util.Comparator;

/**
 * A fragment that may be shown.
 *
 * @param runStart of the earliest known fragment of its run
 */
record Candidate<E>(E fragment, FragmentHeader header, MediaTime runStart) {
    /**
     * Whole before damaged, primary before replica, then the run that started earlier; the rest
     * only settles ties, of which copies of a fragment at other times are one: placed by its
     * pictures before placed by time alone.
     */
    static <E> Comparator<Candidate<E>> bestFirst() {
        return Comparator.<Candidate<E>, Boolean>comparing(c -> c.header.damaged())
                .thenComparing(c -> c.header.origin())
                .thenComparing(Candidate::runStart)
                .thenComparing(c -> c.header.run().value())
                .thenComparing(c -> c.header.sequence())
                .thenComparing(c -> c.header.seam())
                .thenComparing(c -> c.header.start());
    }

    long start() {
        return header.start().ticks90k();
    }

    long end() {
        return header.end().ticks90k();
    }

    /** How long a frame lasts on average. */
    long frameTicks90k() {
        return header.durationTicks90k() / header.videoFrames();
    }
}
