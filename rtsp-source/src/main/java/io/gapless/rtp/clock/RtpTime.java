package io.gapless.rtp.clock;

/**
 * Unwraps a track's 32-bit RTP time stamps and expresses them in 1/90000 s since the first one
 * seen. Each time stamp is taken to be the one nearest to the last accepted, before or after it:
 * B-frames go back, and wraps may come at any moment (RFC 3550 section 5.1 starts at random).
 */
final class RtpTime {
    private final int rateHz;
    private boolean seeded;
    private long lastTicks;
    private int last;
    private long lastUnits;

    RtpTime(int rateHz) {
        if (rateHz <= 0) {
            throw new IllegalArgumentException("rateHz " + rateHz + " is not positive");
        }
        this.rateHz = rateHz;
    }

    /** Media time of a time stamp; the very first one seen is 0. */
    long ticks(int rtpTimestamp) {
        if (!seeded) {
            seeded = true;
            last = rtpTimestamp;
        }
        return Math.floorDiv(units(rtpTimestamp) * Ticks.SECOND, (long) rateHz);
    }

    /** Makes this time stamp the one that the next is compared with. */
    long accept(int rtpTimestamp) {
        lastTicks = ticks(rtpTimestamp);
        lastUnits = units(rtpTimestamp);
        last = rtpTimestamp;
        return lastTicks;
    }

    /** Media time of the last accepted time stamp. */
    long lastTicks() {
        return lastTicks;
    }

    private long units(int rtpTimestamp) {
        return lastUnits + (rtpTimestamp - last);
    }
}
