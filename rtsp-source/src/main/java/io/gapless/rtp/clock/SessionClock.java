package io.gapless.rtp.clock;

import static java.util.Objects.requireNonNull;

import io.gapless.media.MediaTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    private final List<TrackClock> tracks = new ArrayList<>();
    private final long startNanos;
    private long wallOffsetTicks;

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
        TrackClock track = new TrackClock(this, rateHz);
        tracks.add(track);
        return track;
    }

    /**
     * What has to be added to all times given out so far, now that more is known of the run's
     * start; times given out from now on are on the new base. To be asked before an access unit is
     * stamped, and only as long as nothing has been emitted. Empty if nothing is to be shifted.
     */
    public OptionalLong rebase() {
        return OptionalLong.empty();
    }

    /** The clock's state for metrics. */
    public ClockReading reading() {
        return new ClockReading(OptionalLong.empty(), 0, SenderReportTrust.NONE, 0);
    }

    long utcTicks(long arrivalNanos) {
        return sinceStart(arrivalNanos) + wallOffsetTicks;
    }

    private long sinceStart(long nanos) {
        return (nanos - startNanos) * 9 / 100_000;
    }
}
