package io.gapless.job.cli;

import io.gapless.media.CameraEvent;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentLimits;
import io.gapless.media.Interruption;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.VideoConfiguration;
import io.gapless.rtp.clock.ClockReading;
import io.gapless.rtsp.BackOff;
import io.gapless.rtsp.CameraRecorder;
import io.gapless.rtsp.CameraSettings;
import io.gapless.rtsp.EventLoops;
import io.gapless.rtsp.RecorderRuntime;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Records a camera for a short while and throws the video away, keeping what it tells of the
 * camera: the same code looks at a camera that will record it.
 */
final class CameraProbe {
    private static final int EVENT_LOOPS = 2;
    private static final long MEMORY_BYTES = 256L << 20;

    /** What was seen, as text for a table; "-" where nothing was. */
    record Result(
            CameraId camera,
            boolean sendsVideo,
            String codec,
            String size,
            String framesPerSecond,
            String megabitsPerSecond,
            ClockReading clock,
            String remark) {}

    private final CameraSettings settings;
    private final CameraRecorder recorder;
    private Optional<VideoConfiguration> video = Optional.empty();
    private Optional<String> trouble = Optional.empty();
    private long frames;
    private long bytes;
    private long ticks90k;

    private CameraProbe(CameraSettings settings, RecorderRuntime runtime) {
        this.settings = settings;
        this.recorder = new CameraRecorder(settings, runtime, this::onEvent);
    }

    /** Looks at all cameras at once for {@code duration}. */
    static List<Result> probe(List<CameraSettings> cameras, Duration duration)
            throws InterruptedException {
        EventLoopGroup eventLoops = EventLoops.create(EVENT_LOOPS, "camera-probe");
        RecorderRuntime runtime =
                new RecorderRuntime(
                        eventLoops,
                        new MediaMemory(MEMORY_BYTES),
                        FragmentLimits.DEFAULT,
                        InstantSource.system(),
                        System::nanoTime,
                        Origin.PRIMARY,
                        BackOff.DEFAULT);
        try {
            List<CameraProbe> probes = new ArrayList<>();
            cameras.forEach(camera -> probes.add(new CameraProbe(camera, runtime)));
            probes.forEach(probe -> probe.recorder.start());
            TimeUnit.MILLISECONDS.sleep(duration.toMillis());
            CompletableFuture.allOf(
                            probes.stream()
                                    .map(probe -> probe.recorder.close().toCompletableFuture())
                                    .toArray(CompletableFuture[]::new))
                    .join();
            return probes.stream().map(CameraProbe::result).toList();
        } finally {
            eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** On the camera's event loop; read by others only after the recorder has been closed. */
    private synchronized void onEvent(CameraEvent event) {
        if (event instanceof Fragment fragment) {
            seen(fragment);
        } else if (event instanceof Interruption interruption) {
            trouble = Optional.of(interruption.detail());
        }
    }

    private void seen(Fragment fragment) {
        video = Optional.of(fragment.configuration().video());
        frames += fragment.header().videoFrames();
        bytes += fragment.sizeBytes();
        ticks90k += fragment.header().durationTicks90k();
        fragment.release();
    }

    private synchronized Result result() {
        double seconds = (double) ticks90k / MediaTime.TICKS_PER_SECOND;
        return new Result(
                settings.id(),
                frames > 0,
                video.map(v -> v.codec().name()).orElse("-"),
                video.map(v -> v.width() + "x" + v.height()).orElse("-"),
                frames == 0 ? "-" : "%.2f".formatted(frames / seconds),
                frames == 0 ? "-" : "%.1f".formatted(bytes * 8 / 1e6 / seconds),
                recorder.counters().clock(),
                frames > 0 ? skipped() : trouble.orElse("no video came"));
    }

    private String skipped() {
        return recorder.counters().skippedMetadata().map(f -> "metadata not kept").orElse("");
    }
}
