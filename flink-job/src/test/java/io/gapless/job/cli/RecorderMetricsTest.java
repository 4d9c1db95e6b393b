package io.gapless.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.job.cli.FlinkRest.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecorderMetricsTest {
    private static final String RECEIVED = "0.Source__cameras.camera.gate.north.";
    private static final String BACKFILL = ".Source__gaps.backfill.";

    @Test
    void areThoseOfCamerasAndOfWhatIsLost() {
        assertThat(RecorderMetrics.areShown(RECEIVED + "frames")).isTrue();
        assertThat(RecorderMetrics.areShown("1" + BACKFILL + "camera.a.openGaps")).isTrue();
        assertThat(RecorderMetrics.areShown("1" + BACKFILL + "lostSeconds")).isTrue();
        assertThat(RecorderMetrics.areShown("1" + BACKFILL + "openGaps")).isFalse();
        assertThat(RecorderMetrics.areShown("0.Source__cameras.media.queuedBytes")).isFalse();
    }

    @Test
    void ofBothPipelinesMeetInTheirCamera() {
        RecorderStatus status =
                RecorderMetrics.status(
                        List.of(
                                new Metric(RECEIVED + "frames", 70),
                                new Metric("1" + BACKFILL + "camera.gate.north.openGaps", 2),
                                new Metric("1" + BACKFILL + "camera.gate.north.openSeconds", 9),
                                new Metric("0" + BACKFILL + "lostSeconds", 3),
                                new Metric("1" + BACKFILL + "lostSeconds", 4)));
        CameraStatus camera = status.camera("gate.north").orElseThrow();
        assertThat(camera.frames()).isEqualTo(70);
        assertThat(camera.openGaps()).isEqualTo(2);
        assertThat(camera.openSeconds()).isEqualTo(9);
        assertThat(status.lostSeconds()).isEqualTo(7);
    }
}
