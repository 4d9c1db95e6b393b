package io.gapless.rtp.clock;

import static java.util.Objects.requireNonNull;

import io.gapless.media.MediaTime;

/**
 * Stamps the access units of one track with UTC. Confined to the session's event loop. Never
 * refuses or holds an access unit.
 */
public final class TrackClock {
    private final SessionClock session;
    private final int rateHz;

    TrackClock(SessionClock session, int rateHz) {
        if (rateHz <= 0) {
            throw new IllegalArgumentException("rateHz " + rateHz + " is not positive");
        }
        this.session = session;
        this.rateHz = rateHz;
    }

    /**
     * The time of an access unit. For video these are presentation times: between two GOP starts
     * they may go back and forth as the camera's do.
     *
     * @param rtpTimestamp as received
     * @param arrivalNanos the ticker's reading when its last packet arrived
     * @param gopStart whether time may be adjusted here: a key frame; any access unit of audio
     */
    public MediaTime onAccessUnit(int rtpTimestamp, long arrivalNanos, boolean gopStart) {
        return new MediaTime(session.utcTicks(arrivalNanos));
    }

    /** Takes a sender report of this track's SSRC. */
    public void onSenderReport(SenderReportTime report, long arrivalNanos) {
        requireNonNull(report, "report is null");
    }

    /**
     * Whether the last access unit began a new timeline: the camera's RTP time was restarted or
     * set, and time was anchored anew at arrival (never backwards). No frame is missing because of
     * it.
     */
    public boolean timelineJumped() {
        return false;
    }

    /** The RTP clock rate in Hz. */
    public int rateHz() {
        return rateHz;
    }
}
