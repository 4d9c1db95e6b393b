package io.gapless.rtsp;

import io.gapless.media.CameraId;
import io.gapless.media.FragmentLimits;
import io.gapless.media.MediaMemory;
import io.gapless.media.Origin;
import io.netty.channel.EventLoopGroup;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What recorders need to run in a test, quick to dial again; on close nothing may be left over. */
final class RecorderRig implements AutoCloseable {
    final MediaMemory memory = new MediaMemory(256L << 20);
    private final EventLoopGroup eventLoops = EventLoops.create(1, "test-cameras");
    private final List<CameraRecorder> recorders = new ArrayList<>();
    private final RecorderRuntime runtime;

    RecorderRig() {
        this(FragmentLimits.DEFAULT);
    }

    RecorderRig(FragmentLimits limits) {
        this(limits, InstantSource.system(), System::nanoTime);
    }

    RecorderRig(FragmentLimits limits, InstantSource wallClock, LongSupplier nanoTicker) {
        BackOff backOff =
                new BackOff(
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(1),
                        0.5);
        runtime =
                new RecorderRuntime(
                        eventLoops, memory, limits, wallClock, nanoTicker, Origin.PRIMARY, backOff);
    }

    EventLoopGroup eventLoops() {
        return eventLoops;
    }

    static CameraSettings settings(URI uri, Transport transport) {
        return new CameraSettings(
                new CameraId("cam"),
                uri,
                Optional.empty(),
                transport,
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                true,
                new Trust.SystemAuthorities());
    }

    /** The same for a camera that answers, however long a busy machine may take. */
    static CameraSettings patient(URI uri, Transport transport) {
        CameraSettings usual = settings(uri, transport);
        return new CameraSettings(
                usual.id(),
                usual.uri(),
                usual.credentials(),
                usual.transport(),
                usual.inactivityTimeout(),
                Duration.ofMinutes(1),
                usual.audio(),
                usual.trust());
    }

    CameraRecorder record(CameraSettings settings, CameraListener listener) {
        CameraRecorder recorder = new CameraRecorder(settings, runtime, listener);
        recorders.add(recorder);
        recorder.start();
        return recorder;
    }

    /** Ends all recordings; the last fragments have come when it returns. */
    void stop() {
        recorders.forEach(r -> r.close().toCompletableFuture().join());
        recorders.clear();
    }

    @Override
    public void close() {
        stop();
        eventLoops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
