package io.gapless.rtp.clock;

import io.gapless.media.MediaTime;

/**
 * The run's time of one track: what has been given out, and the segments that give out more. The
 * segment before the newest is kept for pictures that are presented before their key frame.
 */
final class Presentation {
    private static final long NONE = Long.MIN_VALUE;
    private static final long LONGEST_INTERVAL = 5 * Ticks.SECOND;

    private Segment segment;
    private Segment previous;
    private long latestUtc = NONE;
    private long gopStartUtc = NONE;
    private long gopStartMedia = NONE;
    private long previousGopStartMedia = NONE;
    private long unitsSinceGopStart;
    private long usualInterval = Ticks.SECOND / 25;

    boolean isStarted() {
        return segment != null;
    }

    long at(long mediaTicks) {
        boolean beforeNewest = previous != null && mediaTicks < segment.mediaTicks();
        return (beforeNewest ? previous : segment).at(mediaTicks);
    }

    /** How long the newest segment has been in force. */
    long sinceAdjusted(long mediaTicks) {
        return mediaTicks - segment.mediaTicks();
    }

    /**
     * Whether the order of presentation allows an access unit here: nothing is presented at or
     * before the key frame before its own, and no key frame at or before the last one.
     */
    boolean isPossible(long mediaTicks, boolean gopStart) {
        return mediaTicks > (gopStart ? gopStartMedia : previousGopStartMedia);
    }

    /** From here on time is counted anew; not before anything given out so far. */
    void anchor(long mediaTicks, long utcTicks, double slope) {
        segment = Segment.anchored(mediaTicks, Math.max(utcTicks, nextBest()), slope);
        previous = null;
        gopStartMedia = NONE;
        previousGopStartMedia = NONE;
    }

    void adjust(long mediaTicks, double slope, long error) {
        Segment next = Segment.correcting(mediaTicks, at(mediaTicks), slope, error);
        previous = segment;
        segment = next;
    }

    MediaTime stamp(long mediaTicks, boolean gopStart) {
        if (gopStart) {
            learnInterval(mediaTicks);
            previousGopStartMedia = gopStartMedia;
            gopStartMedia = mediaTicks;
            unitsSinceGopStart = 0;
        }
        unitsSinceGopStart++;
        return given(at(mediaTicks), gopStart);
    }

    /** A time for an access unit whose own cannot be believed: soon after the latest. */
    MediaTime stampByOrder(boolean gopStart) {
        unitsSinceGopStart++;
        return given(nextBest(), gopStart);
    }

    /** Moves all that was given out, and all that will be. */
    void shift(long ticks) {
        segment = segment.shifted(ticks);
        previous = previous == null ? null : previous.shifted(ticks);
        latestUtc = latestUtc == NONE ? NONE : latestUtc + ticks;
        gopStartUtc = gopStartUtc == NONE ? NONE : gopStartUtc + ticks;
    }

    /** Moves what will be given out. */
    void skip(long ticks) {
        segment = segment.shifted(ticks);
        previous = null;
    }

    /** Half an interval, so that the time is free even if the next access unit is in order. */
    private long nextBest() {
        return latestUtc == NONE ? NONE : latestUtc + Math.max(1, usualInterval / 2);
    }

    private void learnInterval(long mediaTicks) {
        long gop = mediaTicks - gopStartMedia;
        if (gopStartMedia != NONE && gop / unitsSinceGopStart < LONGEST_INTERVAL) {
            usualInterval = gop / unitsSinceGopStart;
        }
    }

    private MediaTime given(long utcTicks, boolean gopStart) {
        long utc = gopStart && utcTicks <= gopStartUtc ? gopStartUtc + 1 : utcTicks;
        gopStartUtc = gopStart ? utc : gopStartUtc;
        latestUtc = Math.max(latestUtc, utc);
        return new MediaTime(utc);
    }
}
