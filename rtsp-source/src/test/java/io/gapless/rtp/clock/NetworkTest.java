package io.gapless.rtp.clock;

import static io.gapless.rtp.clock.RtpJumpTest.assertPresentedInOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.MediaTime;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Delays, bursts, our own clock, several sessions and several tracks. */
class NetworkTest {
    private final SimulatedSession session = new SimulatedSession(4);

    @Test
    void delayedFramesDoNotMoveTime() {
        Random spikes = new Random(5);
        for (int i = 0; i < 600; i++) {
            session.latencySeconds = spikes.nextInt(5) == 0 ? 1.5 : 0.02;
            session.run(1);
        }

        assertThat(session.stamped)
                .allSatisfy(f -> assertThat(f.errorMillis()).isBetween(19.0, 26.0));
    }

    @Test
    void congestionOfHalfAMinuteDoesNotMoveTime() {
        session.run(60);
        session.latencySeconds = 2;
        session.run(30);
        session.latencySeconds = 0.02;
        session.run(60);

        assertThat(session.stamped)
                .allSatisfy(f -> assertThat(f.errorMillis()).isBetween(18.0, 26.0));
    }

    @Test
    void serverThatSendsItsCachedGopAtOnceDoesNotPutTheRunIntoTheFuture() {
        for (int n = 0; n < 50; n++) {
            session.latencySeconds = 2 - n / 25.0;
            session.frames(1);
        }
        session.latencySeconds = 0.02;
        session.run(60);

        assertThat(session.stamped)
                .allSatisfy(f -> assertThat(f.errorMillis()).isBetween(19.0, 75.0));
    }

    @Test
    void ourOwnClockThatIsSetForwardIsFollowedAtAKeyFrame() {
        session.run(30);
        session.sampleWallClock(3600);
        session.run(30);

        SimulatedSession.Stamped last = session.stamped.get(session.stamped.size() - 1);
        assertThat(last.errorMillis()).isBetween(3_600_010.0, 3_600_030.0);
        assertThat(session.stamped)
                .filteredOn(SimulatedSession.Stamped::jumped)
                .hasSize(1)
                .allMatch(SimulatedSession.Stamped::gopStart);
        assertPresentedInOrder(session.stamped);
    }

    @Test
    void ourOwnClockThatIsSetBackNeverTurnsTimeBack() {
        session.run(30);
        session.sampleWallClock(-3600);
        session.run(30);

        assertPresentedInOrder(session.stamped);
        assertThat(session.clock.reading().timelineJumps()).isZero();
    }

    /** Bound: 3 ms with reports. */
    @Test
    void twoSessionsOfACameraWithReportsAgree() {
        SimulatedSession other = new SimulatedSession(6);
        for (SimulatedSession each : new SimulatedSession[] {session, other}) {
            each.cameraAheadSeconds = -1.2;
            each.driftPpm = 80;
        }
        other.rtpBase = 0xFFFF_0000L;
        other.latencySeconds = 0.150;
        other.jitterSeconds = 0.080;
        session.runWithReports(3600, 5);
        other.runWithReports(3600, 7);

        assertAgree(other, 3);
    }

    /** Bound: the difference of the quickest paths, here 30 ms, and 15 ms. */
    @Test
    void twoSessionsOfACameraWithoutReportsDifferByTheirPaths() {
        SimulatedSession other = new SimulatedSession(7);
        session.driftPpm = -80;
        other.driftPpm = -80;
        other.latencySeconds = 0.050;
        other.jitterSeconds = 0.040;
        session.run(3600);
        other.run(3600);

        assertAgree(other, 30 + 15);
    }

    @Test
    void audioWithReportsOfItsOwnIsOnTheSameClockAsVideo() {
        TrackClock audio = session.clock.track(8000);
        session.cameraAheadSeconds = 0.3;
        session.senderReport();
        audio.onSenderReport(
                new SenderReportTime(SimulatedSession.ntp(session.cameraUtcSeconds()), 5000),
                session.nanos(0.02));
        session.run(1);
        long time = audio.onAccessUnit(5000 + 8000, session.nanos(1.2), true).ticks90k();

        assertThat(millisAfterStart(time)).isBetween(1299.0, 1301.0);
    }

    @Test
    void audioWithoutReportsFollowsTheVideosDecision() {
        TrackClock audio = session.clock.track(48_000);
        session.cameraAheadSeconds = 0.3;
        session.runWithReports(1, 1);
        long time = audio.onAccessUnit(77, session.nanos(1.02), true).ticks90k();

        assertThat(millisAfterStart(time)).isBetween(1290.0, 1302.0);
    }

    @Test
    void audioAndVideoAreRebasedTogether() {
        TrackClock audio = session.clock.track(8000);
        session.cameraAheadSeconds = 0.3;
        long before = audio.onAccessUnit(0, session.nanos(0.02), true).ticks90k();
        session.frames(1);
        session.senderReport();
        long shift = session.clock.rebase().orElseThrow();
        long after = audio.onAccessUnit(1600, session.nanos(0.22), true).ticks90k();

        assertThat(shift / 90.0).isBetween(274.0, 281.0);
        assertThat(after - (before + shift)).isBetween(18_000L - 500, 18_000L + 500);
    }

    private void assertAgree(SimulatedSession other, double millis) {
        for (int i = 0; i < session.stamped.size(); i++) {
            long apart = session.stamped.get(i).time() - other.stamped.get(i).time();
            assertThat(Math.abs(apart) / 90.0).as("frame " + i).isLessThanOrEqualTo(millis);
        }
    }

    private static double millisAfterStart(long ticks) {
        return (ticks - MediaTime.of(SimulatedSession.START).ticks90k()) / 90.0;
    }
}
