package io.gapless.source.reader;

import io.gapless.media.CameraEvent;
import io.gapless.rtp.clock.ClockReading;
import io.gapless.rtp.clock.SenderReportTrust;
import io.gapless.rtsp.CameraListener;
import io.gapless.rtsp.CameraSettings;
import io.gapless.rtsp.RecorderRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Recorders that do what the test says. */
final class FakeRecorders {
    /** 250 ms ahead, 12.5 ppm fast, its reports believed. */
    static final ClockReading CLOCK =
            new ClockReading(
                    OptionalLong.of(22_500), OptionalDouble.of(12.5), SenderReportTrust.TRUSTED, 0);

    final List<Fake> all = new ArrayList<>();

    RecorderFactory factory() {
        return this::create;
    }

    private Recorder create(
            CameraSettings settings, RecorderRuntime runtime, CameraListener listener) {
        Fake fake = new Fake(settings, runtime, listener);
        all.add(fake);
        return fake;
    }

    Fake last() {
        return all.get(all.size() - 1);
    }

    static final class Fake implements Recorder {
        final CameraSettings settings;
        final RecorderRuntime runtime;
        final CompletableFuture<Void> hungUp = new CompletableFuture<>();
        boolean started;
        boolean closed;
        private final CameraListener listener;

        private Fake(CameraSettings settings, RecorderRuntime runtime, CameraListener listener) {
            this.settings = settings;
            this.runtime = runtime;
            this.listener = listener;
        }

        void says(CameraEvent event) {
            listener.onEvent(event);
        }

        @Override
        public void start() {
            started = true;
        }

        @Override
        public CompletionStage<Void> close() {
            closed = true;
            return hungUp;
        }

        @Override
        public RecorderCounts counts() {
            return new RecorderCounts(1000, 25, 3, 2, OptionalLong.of(0), CLOCK);
        }
    }
}
