package io.gapless.rtp.clock;

import static java.util.Objects.requireNonNull;

import io.gapless.media.MediaTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The time of one RTSP session: decides for all its tracks whether the camera's clock or ours is
 * followed. Confined to the session's event loop.
 *
 * <p>Before each access unit, as long as nothing of the run has been emitted, the caller asks for
 * {@link #rebase} and shifts what it has stamped so far; then it stamps the access unit with {@link
 * TrackClock#onAccessUnit}.
 */
public final class SessionClock {
    /** Farther off than this, the camera's clock is not followed. */
    private static final long FARTHEST = 5 * Ticks.SECOND;

    /** A clock that was refused has to come nearer than that, lest the decision flutter. */
    private static final long FARTHEST_AFTER_REFUSAL = 4 * Ticks.SECOND;

    private final List<TrackClock> tracks = new ArrayList<>();
    private final long startNanos;
    private long wallOffsetTicks;
    private OptionalLong cameraOffset = OptionalLong.empty();
    private SenderReportTrust trust = SenderReportTrust.NONE;
    private boolean followsCamera;
    private int referenceTrack = Integer.MAX_VALUE;
    private boolean stepped;

    /**
     * @param nowNanos the monotonic ticker's reading, the one that arrivals are measured with
     * @param wallNow our UTC at the same moment
     */
    public SessionClock(long nowNanos, Instant wallNow) {
        startNanos = nowNanos;
        wallClockSampled(nowNanos, wallNow);
    }

    /**
     * Compares our UTC with the ticker again, so that a disciplined wall clock disciplines the
     * arrival line; once a minute is enough.
     */
    public void wallClockSampled(long nowNanos, Instant wallNow) {
        requireNonNull(wallNow, "wallNow is null");
        wallOffsetTicks = MediaTime.of(wallNow).ticks90k() - sinceStart(nowNanos);
    }

    /**
     * A clock for another track of the session; the video track first.
     *
     * @param rateHz RTP clock rate, positive
     */
    public TrackClock track(int rateHz) {
        TrackClock track = new TrackClock(this, tracks.size(), rateHz);
        tracks.add(track);
        return track;
    }

    /**
     * What has to be added to all times given out so far, now that more is known of the run's
     * start; times given out from now on are on the new base. To be asked before an access unit is
     * stamped, and only as long as nothing has been emitted. Empty if nothing is to be shifted.
     */
    public OptionalLong rebase() {
        Optional<TrackClock> lead = tracks.stream().filter(TrackClock::isStarted).findFirst();
        long shift = lead.map(TrackClock::error).filter(SessionClock::isWorthwhile).orElse(0L);
        tracks.stream().filter(TrackClock::isStarted).forEach(track -> track.rebase(shift));
        return shift == 0 ? OptionalLong.empty() : OptionalLong.of(shift);
    }

    /** The clock's state for metrics. */
    public ClockReading reading() {
        OptionalDouble driftPpm =
                tracks.isEmpty() ? OptionalDouble.empty() : tracks.get(0).driftPpm();
        long jumps = tracks.stream().mapToLong(TrackClock::timelineJumps).sum();
        return new ClockReading(
                cameraOffset, driftPpm, stepped ? SenderReportTrust.STEPPED : trust, jumps);
    }

    long sinceStart(long nanos) {
        return Ticks.ofNanos(nanos - startNanos);
    }

    long wallOffsetTicks() {
        return wallOffsetTicks;
    }

    boolean followsCamera() {
        return followsCamera;
    }

    /** C − L of the session; 0 as long as the camera's clock is not followed. */
    long followedOffsetTicks() {
        return followsCamera ? cameraOffset.orElse(0) : 0;
    }

    /** A track's reports put the camera's clock {@code offsetTicks} ahead of the arrival line. */
    void cameraIsAhead(TrackClock track, long offsetTicks) {
        if (track.index() > referenceTrack) {
            return;
        }
        referenceTrack = track.index();
        boolean refused = cameraOffset.isPresent() && !followsCamera;
        cameraOffset = OptionalLong.of(offsetTicks);
        followsCamera = Math.abs(offsetTicks) <= (refused ? FARTHEST_AFTER_REFUSAL : FARTHEST);
        trust = followsCamera ? SenderReportTrust.TRUSTED : SenderReportTrust.REJECTED;
    }

    void cameraStepped() {
        stepped = true;
    }

    void reportRejected() {
        if (cameraOffset.isEmpty()) {
            trust = SenderReportTrust.REJECTED;
        }
    }

    private static boolean isWorthwhile(long ticks) {
        return Math.abs(ticks) > Segment.DEAD_BAND;
    }
}
