package io.gapless.rtp.clock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cameras whose clocks run too fast or too slow, a little or a lot. */
class CameraRateTest {
    private static final double DAY_SECONDS = 86_400;

    private final SimulatedSession session = new SimulatedSession(2);
    private double leastError = Double.MAX_VALUE;
    private double greatestError = -Double.MAX_VALUE;
    private long latest = Long.MIN_VALUE;

    /** Bounds around the quickest path: −15 ms, of which 12 are the line's minute, and +5 ms. */
    @ParameterizedTest
    @ValueSource(doubles = {-200, -20, 0, 20, 200})
    void aDayOfDriftWithoutReportsStaysWithArrival(double ppm) {
        session.driftPpm = ppm;
        session.emitted = this::measure;
        session.run(DAY_SECONDS);

        assertThat(leastError).isGreaterThan(20 - 15);
        assertThat(greatestError).isLessThan(20 + 5);
        assertThat(session.clock.reading().driftPpm().orElseThrow()).isBetween(ppm - 2, ppm + 2);
        assertThat(session.clock.reading().timelineJumps()).isZero();
    }

    /** A camera disciplined by NTP, whose RTP clock nevertheless drifts. */
    @ParameterizedTest
    @ValueSource(doubles = {-200, 200})
    void aDayOfRtpDriftWithReportsStaysWithTheCamerasClock(double ppm) {
        session.driftPpm = ppm;
        session.emitted = this::measure;
        for (int s = 0; s < DAY_SECONDS; s += 10) {
            session.senderReport(SimulatedSession.START.getEpochSecond() + session.now());
            session.run(10);
        }

        assertThat(leastError).isGreaterThan(-5);
        assertThat(greatestError).isLessThan(5);
    }

    /** open-nvr#229: without the line's slope the archive would lose four hours of the day. */
    @ParameterizedTest
    @CsvSource({"25, 21", "25, 30", "30, 24", "20, 12"})
    void cameraThatStampsOneRateAndSendsAnotherIsTimedByArrival(double says, double sends) {
        session.stampedFramesPerSecond = says;
        session.framesPerSecond = sends;
        session.emitted = this::measure;
        session.run(600);
        leastError = Double.MAX_VALUE;
        greatestError = -Double.MAX_VALUE;
        session.run(3600);

        assertThat(leastError).isGreaterThan(20 - 25);
        assertThat(greatestError).isLessThan(20 + 25);
        assertThat(session.clock.reading().timelineJumps()).isZero();
    }

    @Test
    void cameraThatSays25AndSends21IsTimedByItsReportsIfItSendsAny() {
        session.stampedFramesPerSecond = 25;
        session.framesPerSecond = 21;
        session.cameraAheadSeconds = 0.5;
        session.emitted = this::measure;
        session.runWithReports(600, 5);
        leastError = Double.MAX_VALUE;
        greatestError = -Double.MAX_VALUE;
        session.runWithReports(3600, 5);

        assertThat(leastError).isGreaterThan(500 - 25);
        assertThat(greatestError).isLessThan(500 + 25);
    }

    @Test
    void cameraThatIsTenTimesTooSlowIsCaughtUpWithByAJumpForward() {
        session.stampedFramesPerSecond = 25;
        session.framesPerSecond = 2.5;
        session.framesPerGop = 5;
        session.emitted = this::measure;
        session.run(300);
        assertThat(leastError).isGreaterThan(-20_000);
        leastError = Double.MAX_VALUE;
        session.run(3600);

        assertThat(leastError).isGreaterThan(-500);
        assertThat(greatestError).isLessThan(500);
    }

    @Test
    void gopOfMinutesIsNotOvershot() {
        session.driftPpm = 100;
        session.framesPerGop = 25 * 300;
        session.emitted = this::measure;
        session.run(4 * 3600);

        assertThat(leastError).isGreaterThan(20 - 60);
        assertThat(greatestError).isLessThan(20 + 60);
    }

    private void measure(SimulatedSession.Stamped frame) {
        if (frame.time() <= latest) {
            throw new AssertionError("time stands still or goes back at " + frame);
        }
        latest = frame.time();
        leastError = Math.min(leastError, frame.errorMillis());
        greatestError = Math.max(greatestError, frame.errorMillis());
    }
}
