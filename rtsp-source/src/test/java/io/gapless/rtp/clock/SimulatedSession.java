package io.gapless.rtp.clock;

import io.gapless.media.MediaTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * One session of a simulated camera as its recorder's clock sees it. The camera captures at exact
 * intervals of true time; its clocks, the network and the sender reports are as bad as a test sets
 * them. Fields may be changed while it runs.
 */
final class SimulatedSession {
    static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final long START_NANOS = -77_000_000_000L;
    private static final double NANOS = 1e9;

    /** What became of a frame; times in 1/90000 s UTC. */
    record Stamped(long number, long captured, long time, boolean gopStart, boolean jumped) {
        double errorMillis() {
            return (time - captured) / 90.0;
        }

        Stamped shifted(long ticks) {
            return new Stamped(number, captured, time + ticks, gopStart, jumped);
        }
    }

    double framesPerSecond = 25;
    double stampedFramesPerSecond = 25;
    int framesPerGop = 50;
    int bFrames;
    double driftPpm;
    double cameraAheadSeconds;
    double latencySeconds = 0.020;
    double jitterSeconds = 0.005;
    long rtpBase = 1_000_000;

    /** Added to the time stamp of the next frame only. */
    long nextFrameRtpError;

    final SessionClock clock = new SessionClock(START_NANOS, START);
    final TrackClock video = clock.track(90_000);
    final List<Stamped> stamped = new ArrayList<>();
    Consumer<Stamped> emitted = stamped::add;

    private final Random random;
    private final List<Stamped> unemitted = new ArrayList<>();
    private boolean hasEmitted;
    private long frame;
    private double now;
    private double lastArrival;
    private double mediaSeconds;

    SimulatedSession(long seed) {
        random = new Random(seed);
    }

    /** Captures, sends and stamps {@code seconds} worth of frames. */
    void run(double seconds) {
        frames(Math.round(seconds * framesPerSecond));
    }

    /** The same with a sender report every {@code everySeconds}. */
    void runWithReports(double seconds, double everySeconds) {
        for (double done = 0; done < seconds; done += everySeconds) {
            senderReport();
            run(Math.min(everySeconds, seconds - done));
        }
    }

    /**
     * At least {@code count} frames. With B-frames a GOP of 1 + k (bFrames + 1) frames is closed,
     * one of k (bFrames + 1) has pictures that follow the key frame but are presented before it.
     */
    void frames(long count) {
        long end = frame + count;
        while (frame < end) {
            if (bFrames == 0 || frame % framesPerGop == 0) {
                deliver(0);
                advance(1);
            } else {
                deliverReordered();
                advance(bFrames + 1);
            }
        }
    }

    /** Time goes on, frames are captured, and never arrive. */
    void loseFrames(long count) {
        advance(count);
    }

    /** A sender report with the camera's clock as it is now. */
    void senderReport() {
        senderReport(cameraUtcSeconds());
    }

    void senderReport(double utcSeconds) {
        video.onSenderReport(
                new SenderReportTime(ntp(utcSeconds), rtp(0)), nanos(now + latencySeconds));
    }

    /** The camera forgets its RTP time and counts from 0. */
    void restartRtp() {
        rtpBase = -Math.round(mediaSeconds * 90_000);
    }

    void sampleWallClock(double recorderAheadSeconds) {
        clock.wallClockSampled(
                nanos(now), START.plusNanos(Math.round((now + recorderAheadSeconds) * NANOS)));
    }

    double cameraUtcSeconds() {
        return START.getEpochSecond() + now * (1 + driftPpm * 1e-6) + cameraAheadSeconds;
    }

    double now() {
        return now;
    }

    /** Ends the session: what was not emitted is. */
    void end() {
        unemitted.forEach(emitted);
        unemitted.clear();
        hasEmitted = true;
    }

    long nanos(double seconds) {
        return START_NANOS + Math.round(seconds * NANOS);
    }

    int rtp(int framesAhead) {
        double media = mediaSeconds + framesAhead / stampedFramesPerSecond;
        return (int) (rtpBase + Math.round(media * 90_000));
    }

    static long ntp(double utcSeconds) {
        double since1900 = utcSeconds + 2_208_988_800.0;
        long whole = (long) Math.floor(since1900);
        return (whole << 32) | (long) ((since1900 - whole) * (1L << 32));
    }

    /** The reference picture first, then the B-frames presented before it (P3 B1 B2). */
    private void deliverReordered() {
        deliver(bFrames);
        for (int b = 0; b < bFrames; b++) {
            deliver(b);
        }
    }

    private void deliver(int framesAhead) {
        long number = frame + framesAhead;
        boolean gopStart = number % framesPerGop == 0;
        double arrival = now + bFrames / framesPerSecond + latencySeconds;
        arrival += jitterSeconds * random.nextDouble();
        lastArrival = Math.max(lastArrival, arrival);
        int rtp = (int) (rtp(framesAhead) + nextFrameRtpError);
        nextFrameRtpError = 0;
        if (!hasEmitted) {
            clock.rebase().ifPresent(ticks -> unemitted.replaceAll(s -> s.shifted(ticks)));
        }
        MediaTime time = video.onAccessUnit(rtp, nanos(lastArrival), gopStart);
        long captured =
                MediaTime.of(START).ticks90k()
                        + Math.round((now + framesAhead / framesPerSecond) * 90_000);
        emit(new Stamped(number, captured, time.ticks90k(), gopStart, video.timelineJumped()));
    }

    private void emit(Stamped frame) {
        if (!hasEmitted && frame.gopStart() && frame.number() > 0) {
            end();
        }
        if (hasEmitted) {
            emitted.accept(frame);
        } else {
            unemitted.add(frame);
        }
    }

    private void advance(long frames) {
        frame += frames;
        now += frames / framesPerSecond;
        mediaSeconds += frames / stampedFramesPerSecond * (1 + driftPpm * 1e-6);
    }
}
