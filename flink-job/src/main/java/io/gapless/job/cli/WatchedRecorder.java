package io.gapless.job.cli;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A recorder that is looked at again and again while it starts, runs, hangs or is down. One thread,
 * which never waits long: the looking is done by another one.
 */
final class WatchedRecorder {
    /** What one look saw. */
    private record Seen(boolean running, RecorderStatus status) {}

    private static final long WAIT_MILLIS = 100;

    /** A look that has not come back after so many calls is about a process that hangs. */
    private static final int MOST_WAITS = 3;

    private final FlinkRest flink;
    private final ExecutorService looking =
            Executors.newSingleThreadExecutor(
                    task -> {
                        Thread thread = new Thread(task, "live-table");
                        thread.setDaemon(true);
                        return thread;
                    });

    private Optional<Future<Seen>> look = Optional.empty();
    private int waits;
    private boolean running;
    private boolean recorded;
    private RecorderStatus last = RecorderStatus.STARTING;

    WatchedRecorder(URI webUi) {
        this.flink = new FlinkRest(webUi);
    }

    /** Whether its job has been seen running. */
    boolean hasRun() {
        return running;
    }

    /** Whether what {@link #look} told last is the answer to a look, or there will be none. */
    boolean hasLooked() {
        return look.isEmpty() || waits > MOST_WAITS;
    }

    /** Looks, or goes on looking, and tells what is known. */
    RecorderStatus look() throws InterruptedException {
        Future<Seen> current = look.orElseGet(() -> looking.submit(this::see));
        look = Optional.of(current);
        try {
            take(current.get(WAIT_MILLIS, TimeUnit.MILLISECONDS));
            done();
        } catch (ExecutionException e) {
            // Nobody is there, or nobody who understands us.
            last = silence();
            done();
        } catch (TimeoutException e) {
            waits++;
        }
        return waits > MOST_WAITS && recorded ? RecorderStatus.HANGS : last;
    }

    private void take(Seen seen) {
        running |= seen.running();
        recorded |= seen.status().cameras().values().stream().anyMatch(CameraStatus::hasFrame);
        last = seen.status().cameras().isEmpty() ? silence() : seen.status();
    }

    private void done() {
        look = Optional.empty();
        waits = 0;
    }

    private RecorderStatus silence() {
        return recorded ? RecorderStatus.DOWN : RecorderStatus.STARTING;
    }

    private Seen see() throws IOException, InterruptedException {
        return new Seen(
                flink.isRunning(),
                RecorderMetrics.status(flink.metrics(RecorderMetrics::areShown)));
    }
}
