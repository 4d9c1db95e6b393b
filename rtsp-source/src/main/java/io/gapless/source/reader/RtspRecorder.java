package io.gapless.source.reader;

import io.gapless.rtsp.CameraCounters;
import io.gapless.rtsp.CameraListener;
import io.gapless.rtsp.CameraRecorder;
import io.gapless.rtsp.CameraSettings;
import io.gapless.rtsp.RecorderRuntime;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** A recorder of a camera that speaks RTSP. */
public final class RtspRecorder implements Recorder {
    private final CameraRecorder recorder;

    public RtspRecorder(CameraSettings settings, RecorderRuntime runtime, CameraListener listener) {
        this.recorder = new CameraRecorder(settings, runtime, listener);
    }

    @Override
    public void start() {
        recorder.start();
    }

    @Override
    public CompletionStage<Void> close() {
        return recorder.close();
    }

    @Override
    public RecorderCounts counts() {
        CameraCounters counters = recorder.counters();
        long last = counters.lastFrameNanos();
        return new RecorderCounts(
                counters.receivedBytes(),
                counters.frames(),
                counters.lostPackets(),
                counters.reconnects(),
                last == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(last),
                counters.clock());
    }
}
