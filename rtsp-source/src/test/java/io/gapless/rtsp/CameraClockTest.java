package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gapless.rtp.clock.ClockReading;
import io.gapless.rtp.clock.SenderReportTrust;
import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.SenderReports;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.simulator.content.VideoFormat;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a recorder lets others know of a camera's clock, while it records. */
class CameraClockTest {
    private static final CameraSpec CAMERA =
            CameraSpec.named("cam")
                    .withVideo(VideoFormat.DEFAULT.withSize(320, 240).withGopFrames(25));

    private final Recorded recorded = new Recorded();
    private final RecorderRig rig = new RecorderRig();

    @AfterEach
    void nothingIsLeftOver() {
        rig.close();
    }

    @Test
    void isBelievedIfItIsNearOurs() throws Exception {
        ClockReading clock = clockOf(CAMERA.withClockOffset(Duration.ofMillis(1500)));
        assertThat(clock.trust()).isEqualTo(SenderReportTrust.TRUSTED);
        // The offset is measured by arrival, which a loaded machine delays.
        assertThat(clock.cameraOffsetSeconds().orElseThrow()).isCloseTo(1.5, within(0.5));
    }

    @Test
    void isToldAndNotBelievedIfItIsHoursOff() throws Exception {
        ClockReading clock = clockOf(CAMERA.withClockOffset(Duration.ofHours(-3)));
        assertThat(clock.trust()).isEqualTo(SenderReportTrust.REJECTED);
        assertThat(clock.cameraOffsetSeconds().orElseThrow()).isCloseTo(-10_800, within(0.5));
    }

    @Test
    void isUnknownWithoutReports() throws Exception {
        ClockReading clock = clockOf(CAMERA.withSenderReports(SenderReports.NONE));
        assertThat(clock.trust()).isEqualTo(SenderReportTrust.NONE);
        assertThat(clock.cameraOffsetSeconds()).isEmpty();
        assertThat(clock.driftPpm()).isEmpty();
    }

    private ClockReading clockOf(CameraSpec spec) throws Exception {
        try (SimulatedCameras cameras = SimulatedCameras.builder().camera(spec).start()) {
            CameraRecorder recorder =
                    rig.record(RecorderRig.settings(cameras.uri("cam"), Transport.TCP), recorded);
            // It is told every half second, so once at least within these.
            recorded.await(r -> r.fragments().size() >= 2);
            ClockReading clock = recorder.counters().clock();
            rig.stop();
            return clock;
        }
    }
}
