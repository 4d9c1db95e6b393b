package io.gapless.simulator;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Lets faults begin when they are due, on a thread of its own, counted from {@link #start}. */
final class FaultSchedule implements AutoCloseable {
    private static final Duration FOR_EVER = Duration.ofDays(3650);

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread made = new Thread(task, "camera-simulator-faults");
                        made.setDaemon(true);
                        return made;
                    });

    private final SimulatedCameras cameras;

    FaultSchedule(SimulatedCameras cameras) {
        this.cameras = cameras;
    }

    void start(List<ScheduledFault> faults) {
        faults.forEach(this::start);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // an injection that was checked does not fail
    private void start(ScheduledFault fault) {
        thread.schedule(() -> begin(fault), fault.after().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void begin(ScheduledFault fault) {
        Duration duration = fault.duration().orElse(FOR_EVER);
        fault.side()
                .ifPresentOrElse(
                        side -> cameras.inject(fault.camera(), side, fault.fault(), duration),
                        () -> cameras.inject(fault.camera(), fault.fault(), duration));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
