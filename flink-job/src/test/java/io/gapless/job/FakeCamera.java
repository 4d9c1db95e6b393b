package io.gapless.job;

import io.gapless.media.RunId;
import io.gapless.rtsp.CameraListener;
import io.gapless.rtsp.CameraSettings;
import io.gapless.rtsp.RecorderRuntime;
import io.gapless.source.reader.Recorder;
import io.gapless.source.reader.RecorderCounts;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Records nothing: sends a fragment of 100 ticks every 10 ms on an event loop. Each run claims to
 * begin at 1970, so where its fragments end up shows what is remembered of the runs before. A host
 * named {@code broken} cannot even be dialled.
 */
final class FakeCamera implements Recorder {
    private final CameraSettings settings;
    private final RecorderRuntime runtime;
    private final CameraListener listener;
    private final EventLoop loop;
    private final RunId run = RunId.random();

    // Owned by the event loop.
    private ScheduledFuture<?> sending;
    private long sequence;

    FakeCamera(CameraSettings settings, RecorderRuntime runtime, CameraListener listener) {
        this.settings = settings;
        this.runtime = runtime;
        this.listener = listener;
        this.loop = runtime.eventLoops().next();
    }

    @Override
    public void start() {
        if (settings.uri().getHost().equals("broken")) {
            throw new IllegalStateException("this camera fails on purpose");
        }
        loop.execute(
                () -> sending = loop.scheduleAtFixedRate(this::send, 0, 10, TimeUnit.MILLISECONDS));
    }

    private void send() {
        listener.onEvent(
                TestFragment.of(settings.id(), run, sequence, 100 * sequence, runtime.memory()));
        sequence++;
    }

    @Override
    public CompletionStage<Void> close() {
        return CompletableFuture.runAsync(
                () -> {
                    if (sending != null) {
                        sending.cancel(false);
                    }
                },
                loop);
    }

    @Override
    public RecorderCounts counts() {
        return RecorderCounts.NONE;
    }
}
