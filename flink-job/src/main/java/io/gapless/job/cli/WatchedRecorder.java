package io.gapless.job.cli;

import java.io.IOException;
import java.net.URI;

/** A recorder that is looked at again and again while it starts, runs or is down. One thread. */
final class WatchedRecorder {
    private final FlinkRest flink;
    private boolean recorded;
    private RecorderStatus silence = RecorderStatus.STARTING;

    WatchedRecorder(URI webUi) {
        this.flink = new FlinkRest(webUi);
    }

    boolean isRunning() throws InterruptedException {
        try {
            return flink.isRunning();
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a frame of any camera has been seen in its metrics. */
    boolean hasRecorded() {
        return recorded;
    }

    RecorderStatus look() throws InterruptedException {
        try {
            RecorderStatus status =
                    RecorderMetrics.status(flink.metrics(RecorderMetrics::areShown));
            recorded |= status.cameras().values().stream().anyMatch(CameraStatus::hasFrame);
            silence = status.cameras().isEmpty() ? silence : RecorderStatus.DOWN;
            return status.cameras().isEmpty() ? silence : status;
        } catch (IOException e) {
            return silence;
        }
    }
}
