package io.gapless.rtp.clock;

import static io.gapless.rtp.clock.SenderReportTest.durations;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RTP time that wraps, restarts, leaps, or goes back and forth as B-frames do. */
class RtpJumpTest {
    private static final long HOUR = 3600 * 90_000L;

    private final SimulatedSession session = new SimulatedSession(3);

    @ParameterizedTest
    @ValueSource(longs = {0xFFFF_FFFFL, 0xFFFF_F000L, 0x7FFF_FFFFL, 0xFFF0_0000L, 0})
    void wrapsAtTheStartAndDuringTheRunAreNotSeen(long rtpBase) {
        session.rtpBase = rtpBase;
        session.run(60);

        assertThat(durations(session.stamped)).containsOnly(3600L);
        assertThat(session.stamped)
                .allSatisfy(f -> assertThat(f.errorMillis()).isBetween(19.0, 26.0));
    }

    @Test
    void aDayHoldsTwoWraps() {
        session.framesPerSecond = 1;
        session.stampedFramesPerSecond = 1;
        session.framesPerGop = 2;
        session.run(30 * 3600);

        assertThat(durations(session.stamped)).allMatch(d -> d >= 89_990 && d <= 90_010);
        assertThat(session.clock.reading().timelineJumps()).isZero();
    }

    /** GOPs of 49 are closed; in those of 48 two B-frames are presented before their key frame. */
    @ParameterizedTest
    @CsvSource({"49, 1000000", "48, 1000000", "48, 4294967295", "49, 0"})
    void framesOutOfPresentationOrderKeepTheirTimes(int framesPerGop, long rtpBase) {
        session.bFrames = 2;
        session.framesPerGop = framesPerGop;
        session.rtpBase = rtpBase;
        session.driftPpm = 150;
        session.run(300);
        session.end();

        assertThat(durations(session.stamped)).allMatch(d -> d >= 3598 && d <= 3602);
        assertPresentedInOrder(session.stamped);
        assertThat(session.clock.reading().timelineJumps()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {2 * HOUR, -2 * HOUR, 6 * 90_000, -6 * 90_000})
    void intelbrasStampsSingleFramesHoursAway(long error) {
        for (int i = 0; i < 20; i++) {
            session.frames(37);
            session.nextFrameRtpError = error;
        }
        session.frames(37);

        assertPresentedInOrder(session.stamped);
        assertThat(session.stamped)
                .allSatisfy(f -> assertThat(f.errorMillis()).isBetween(-3.0, 26.0));
        assertThat(session.clock.reading().timelineJumps()).isZero();
    }

    @Test
    void twoOutliersInARowAreStillPutBetweenTheirNeighbours() {
        session.frames(70);
        session.nextFrameRtpError = HOUR;
        session.frames(1);
        session.nextFrameRtpError = HOUR;
        session.frames(1);
        session.frames(70);

        assertPresentedInOrder(session.stamped);
        assertThat(session.clock.reading().timelineJumps()).isZero();
    }

    /** The first 5 s too, when 0 is not far away, and the moments around a key frame. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 49, 50, 51, 100, 125, 130, 1000, 30_000})
    void tapoRestartsAtZeroAndGoesOnWithoutLosingTime(int framesBefore) {
        session.frames(framesBefore);
        session.restartRtp();
        session.frames(500);
        session.end();

        List<SimulatedSession.Stamped> after =
                session.stamped.subList(framesBefore + 100, session.stamped.size());
        assertThat(after).allSatisfy(f -> assertThat(f.errorMillis()).isBetween(-100.0, 150.0));
        assertThat(session.stamped).hasSize(framesBefore + 500);
        assertGopsStartLaterAndLater(session.stamped);
    }

    @Test
    void restartIsToldOnceAtTheFrameWhereTimeIsCountedAnew() {
        session.frames(500);
        session.restartRtp();
        session.frames(500);

        assertThat(session.stamped)
                .filteredOn(SimulatedSession.Stamped::jumped)
                .extracting(SimulatedSession.Stamped::number)
                .containsExactly(502L);
        assertThat(session.clock.reading().timelineJumps()).isEqualTo(1);
        assertPresentedInOrder(session.stamped);
    }

    @Test
    void restartKeepsTheOffsetOfTheCamerasClock() {
        session.cameraAheadSeconds = 0.4;
        session.runWithReports(60, 5);
        session.restartRtp();
        session.run(60);

        SimulatedSession.Stamped last = session.stamped.get(session.stamped.size() - 1);
        assertThat(last.errorMillis()).isBetween(390.0, 410.0);
        assertPresentedInOrder(session.stamped);
    }

    @Test
    void framesLostForLongerThanTheLimitAreAGapAndNotAnOutlier() {
        session.run(30);
        session.loseFrames(10 * 25);
        session.run(30);

        assertThat(session.clock.reading().timelineJumps()).isZero();
        assertThat(session.stamped)
                .allSatisfy(f -> assertThat(f.errorMillis()).isBetween(19.0, 26.0));
    }

    @Test
    void cameraThatNeverAdvancesItsTimeStampIsTimedByArrival() {
        session.stampedFramesPerSecond = Double.POSITIVE_INFINITY;
        session.run(60);

        assertGopsStartLaterAndLater(session.stamped);
        assertThat(session.stamped)
                .allSatisfy(f -> assertThat(f.errorMillis()).isBetween(-150.0, 150.0));
    }

    static void assertPresentedInOrder(List<SimulatedSession.Stamped> stamped) {
        long[] times =
                stamped.stream()
                        .sorted((a, b) -> Long.compare(a.number(), b.number()))
                        .mapToLong(SimulatedSession.Stamped::time)
                        .toArray();
        for (int i = 1; i < times.length; i++) {
            assertThat(times[i]).as("frame " + i).isGreaterThan(times[i - 1]);
        }
    }

    private static void assertGopsStartLaterAndLater(List<SimulatedSession.Stamped> stamped) {
        assertPresentedInOrder(
                stamped.stream().filter(SimulatedSession.Stamped::gopStart).toList());
    }
}
