package io.gapless.rtp.clock;

import static java.util.Objects.requireNonNull;

import io.gapless.media.MediaTime;
import java.util.OptionalDouble;

/**
 * Stamps the access units of one track with UTC. Confined to the session's event loop. Never
 * refuses or holds an access unit.
 */
public final class TrackClock {
    /** Farther than this from both its predecessor and its arrival, a time is not believed. */
    private static final long FARTHEST = 5 * Ticks.SECOND;

    /** So many unbelievable times that agree with each other are a new timeline. */
    private static final int CONSISTENT_OUTLIERS = 3;

    private static final long SHORTEST_SEGMENT = Ticks.SECOND;

    private final SessionClock session;
    private final int index;
    private final RtpTime rtp;
    private final ArrivalLine arrivals = new ArrivalLine();
    private final CameraLine camera = new CameraLine();
    private final Presentation presentation = new Presentation();
    private final DriftMeter drift = new DriftMeter();
    private double slope = 1;
    private int outliers;
    private long lastOutlier;
    private long timelineJumps;
    private boolean timelineJumped;

    TrackClock(SessionClock session, int index, int rateHz) {
        this.session = session;
        this.index = index;
        rtp = new RtpTime(rateHz);
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
        long media = rtp.ticks(rtpTimestamp);
        long arrival = session.sinceStart(arrivalNanos);
        timelineJumped = false;
        if (presentation.isStarted() && !isPlausible(media, arrival, gopStart)) {
            return outlier(rtpTimestamp, arrival, gopStart);
        }
        outliers = 0;
        rtp.accept(rtpTimestamp);
        arrivals.add(media, arrival);
        if (!presentation.isStarted()) {
            start(media);
        } else if (gopStart && presentation.sinceAdjusted(media) >= SHORTEST_SEGMENT) {
            adjust(media);
        }
        return presentation.stamp(media, gopStart);
    }

    /** Takes a sender report of this track's SSRC. */
    public void onSenderReport(SenderReportTime report, long arrivalNanos) {
        requireNonNull(report, "report is null");
        long media = rtp.ticks(report.rtpTimestamp());
        long now = session.sinceStart(arrivalNanos) + session.wallOffsetTicks();
        CameraLine.Verdict verdict = camera.report(media, report.utcTicks(now), slope);
        switch (verdict) {
            case REJECTED -> session.reportRejected();
            case STEPPED -> session.cameraStepped();
            case ACCEPTED -> {}
        }
        if (verdict != CameraLine.Verdict.REJECTED) {
            long ours = arrivals.isEmpty() ? now : arrivalLineAt(media);
            session.cameraIsAhead(this, camera.at(media, slope) - ours);
        }
    }

    /**
     * Whether the last access unit began a new timeline: the camera's RTP time was restarted or
     * set, and time was anchored anew at arrival (never backwards). No frame is missing because of
     * it.
     */
    public boolean timelineJumped() {
        return timelineJumped;
    }

    int index() {
        return index;
    }

    boolean isStarted() {
        return presentation.isStarted();
    }

    long timelineJumps() {
        return timelineJumps;
    }

    OptionalDouble driftPpm() {
        return drift.ppm();
    }

    /** How far behind the line to be followed the track's time is, at its last access unit. */
    long error() {
        return target(rtp.lastTicks()) - presentation.at(rtp.lastTicks());
    }

    /** Moves the track's time with the session's, then forward onto its own line. */
    void rebase(long shift) {
        presentation.shift(shift);
        presentation.skip(Math.max(0, error()));
    }

    private boolean isPlausible(long media, long arrival, boolean gopStart) {
        if (media == rtp.lastTicks() || !presentation.isPossible(media, gopStart)) {
            return false;
        }
        return Math.abs(media - rtp.lastTicks()) <= FARTHEST
                || Math.abs(arrival - arrivals.at(media, slope)) <= FARTHEST;
    }

    private MediaTime outlier(int rtpTimestamp, long arrival, boolean gopStart) {
        long media = rtp.ticks(rtpTimestamp);
        boolean consistent = outliers > 0 && Math.abs(media - lastOutlier) <= FARTHEST;
        outliers = consistent ? outliers + 1 : 1;
        lastOutlier = media;
        if (outliers < CONSISTENT_OUTLIERS) {
            return presentation.stampByOrder(gopStart);
        }
        outliers = 0;
        rtp.accept(rtpTimestamp);
        arrivals.clear();
        arrivals.add(media, arrival);
        camera.clear();
        drift.clear();
        slope = 1;
        jump(media, arrivalLineAt(media) + session.followedOffsetTicks());
        return presentation.stamp(media, gopStart);
    }

    private void start(long media) {
        if (camera.isPresent()) {
            session.cameraIsAhead(this, camera.at(media, slope) - arrivalLineAt(media));
        }
        presentation.anchor(media, target(media), slope);
    }

    private void adjust(long media) {
        slope = camera.confirmsRate(media) ? 1 : arrivals.slope();
        drift.measure(media, arrivals.at(media, slope));
        long target = target(media);
        long error = target - presentation.at(media);
        if (error > FARTHEST) {
            jump(media, target);
        } else {
            presentation.adjust(media, slope, error);
        }
    }

    private void jump(long media, long utc) {
        presentation.anchor(media, utc, slope);
        timelineJumped = true;
        timelineJumps++;
    }

    /** Where the line to be followed is: the camera's, or the one parallel to arrival. */
    private long target(long media) {
        long ours = arrivalLineAt(media);
        if (session.followsCamera() && camera.isFresh(media)) {
            // Not by the difference at the last report: what has arrived since may have come
            // quicker.
            long cameras = camera.at(media, slope);
            if (Math.abs(cameras - ours) <= FARTHEST) {
                return cameras;
            }
        }
        return ours + session.followedOffsetTicks();
    }

    private long arrivalLineAt(long media) {
        return arrivals.at(media, slope) + session.wallOffsetTicks();
    }
}
