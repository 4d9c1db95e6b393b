package io.gapless.ring;

import java.util.Comparator;

/**
 * A segment as it lay on a disk when that was looked at.
 *
 * @param bytes its length
 * @param growing whether it is open and was written a short while ago
 */
record RingSegment(SegmentFile file, long bytes, boolean growing) {
    static final Comparator<RingSegment> OLDEST_FIRST =
            Comparator.comparing(RingSegment::file, SegmentFile.OLDEST_FIRST);
}
