package io.gapless.rtp.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session makes of sender reports that come early, late, never, wrong or stepping. */
class SenderReportTest {
    private final SimulatedSession session = new SimulatedSession(1);

    @Test
    void withoutSenderReportsTimeIsArrivalOverTheQuickestPath() {
        session.run(120);

        assertThat(session.stamped)
                .allSatisfy(f -> assertThat(f.errorMillis()).isBetween(19.0, 22.0));
        assertThat(session.clock.reading().trust()).isEqualTo(SenderReportTrust.NONE);
        assertThat(session.clock.reading().cameraOffsetTicks90k()).isEmpty();
    }

    @Test
    void withoutSenderReportsEveryDurationIsTheCameras() {
        session.run(120);

        assertThat(durations(session.stamped)).containsOnly(3600L);
    }

    @Test
    void reportBeforeTheFirstFrameStartsTheRunOnTheCamerasClock() {
        session.cameraAheadSeconds = 0.3;
        session.runWithReports(60, 5);

        assertThat(session.stamped)
                .allSatisfy(f -> assertThat(f.errorMillis()).isBetween(299.0, 301.0));
        assertThat(session.clock.reading().trust()).isEqualTo(SenderReportTrust.TRUSTED);
        assertThat(session.clock.reading().cameraOffsetTicks90k().orElseThrow() / 90.0)
                .isBetween(274.0, 281.0);
    }

    @Test
    void reportDuringTheFirstGopRebasesTheWholeGop() {
        session.cameraAheadSeconds = -0.7;
        session.run(1);
        session.senderReport();
        session.run(9);

        assertThat(session.stamped)
                .hasSize(250)
                .allSatisfy(f -> assertThat(f.errorMillis()).isBetween(-701.0, -699.0));
        assertThat(durations(session.stamped)).containsOnly(3600L);
    }

    @Test
    void aStallWhileTheSessionBeginsDoesNotMoveTheCamerasClock() {
        session.latencySeconds = 1.2;
        session.senderReport();
        session.frames(1);
        session.latencySeconds = 0.02;
        session.run(3);
        session.runWithReports(20, 5);

        assertThat(session.stamped)
                .allSatisfy(f -> assertThat(f.errorMillis()).isBetween(-1.0, 1.0));
    }

    @Test
    void lateReportIsReachedSlowlyAndWithoutAJump() {
        session.cameraAheadSeconds = 0.3;
        session.run(10);
        session.runWithReports(700, 5);

        assertThat(session.stamped.get(300).errorMillis()).isLessThan(23);
        assertThat(last().errorMillis()).isBetween(298.5, 301.5);
        assertThat(durations(session.stamped)).allMatch(d -> d >= 3598 && d <= 3602);
        assertThat(session.stamped).noneMatch(SimulatedSession.Stamped::jumped);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-2_208_988_000.0, 1000.0, 1_420_070_400.0})
    void reportOfAnImpossibleYearIsRejected(double utcSeconds) {
        session.senderReport(utcSeconds);
        session.run(4);
        session.senderReport(utcSeconds + 4);
        session.run(60);

        assertThat(session.stamped)
                .allSatisfy(f -> assertThat(f.errorMillis()).isBetween(19.0, 26.0));
        assertThat(session.clock.reading().trust()).isEqualTo(SenderReportTrust.REJECTED);
    }

    @Test
    void cameraHoursOffIsNotFollowedButItsOffsetIsKnown() {
        session.cameraAheadSeconds = 3 * 3600;
        session.runWithReports(60, 5);

        assertThat(session.stamped)
                .allSatisfy(f -> assertThat(f.errorMillis()).isBetween(19.0, 26.0));
        assertThat(session.clock.reading().trust()).isEqualTo(SenderReportTrust.REJECTED);
        assertThat(session.clock.reading().cameraOffsetTicks90k().orElseThrow() / 90_000)
                .isBetween(10_799L, 10_800L);
    }

    @Test
    void dahuaWhoseClockIsSetDuringTheSessionKeepsItsRtpDeltas() {
        session.cameraAheadSeconds = 0.1;
        session.runWithReports(60, 5);
        session.cameraAheadSeconds = 7200;
        session.runWithReports(60, 5);

        assertThat(durations(session.stamped)).allMatch(d -> d >= 3598 && d <= 3602);
        assertThat(last().errorMillis()).isBetween(60.0, 101.0);
        assertThat(session.clock.reading().trust()).isEqualTo(SenderReportTrust.STEPPED);
        assertThat(session.clock.reading().cameraOffsetTicks90k().orElseThrow() / 90_000)
                .isBetween(7199L, 7200L);
    }

    @Test
    void smallStepIsApproachedByAtMost500Ppm() {
        session.runWithReports(60, 5);
        session.cameraAheadSeconds = 0.5;
        session.runWithReports(1200, 5);

        assertThat(durations(session.stamped)).allMatch(d -> d >= 3598 && d <= 3602);
        assertThat(last().errorMillis()).isBetween(498.5, 501.5);
    }

    @Test
    void singleReportOffTheLineIsIgnored() {
        session.runWithReports(30, 5);
        session.senderReport(session.cameraUtcSeconds() + 2);
        session.runWithReports(30, 5);
        session.senderReport(0);
        session.runWithReports(30, 5);

        assertThat(session.stamped)
                .allSatisfy(f -> assertThat(f.errorMillis()).isBetween(-1.5, 1.5));
        assertThat(session.clock.reading().trust()).isEqualTo(SenderReportTrust.TRUSTED);
    }

    @Test
    void cameraThatReportsOnceKeepsItsOffsetForTheDay() {
        session.cameraAheadSeconds = 0.4;
        session.driftPpm = 100;
        session.senderReport();
        session.run(6 * 3600);

        assertThat(last().errorMillis()).isBetween(375.0, 415.0);
    }

    @Test
    void reportWhoseRtpTimeIsRubbishIsNotFollowed() {
        session.video.onSenderReport(
                new SenderReportTime(SimulatedSession.ntp(session.cameraUtcSeconds()), 0x7000_0000),
                session.nanos(0));
        session.run(60);

        assertThat(session.stamped)
                .allSatisfy(f -> assertThat(f.errorMillis()).isBetween(19.0, 26.0));
    }

    private SimulatedSession.Stamped last() {
        return session.stamped.get(session.stamped.size() - 1);
    }

    static LongStream durations(List<SimulatedSession.Stamped> stamped) {
        long[] times =
                stamped.stream().mapToLong(SimulatedSession.Stamped::time).sorted().toArray();
        return LongStream.range(1, times.length).map(i -> times[(int) i] - times[(int) i - 1]);
    }
}
