package io.gapless.system.fire;

import io.gapless.system.nvr.Signals;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that can die and be started again. One that ends without having been told to is started
 * again by {@link #keep}, as systemd would. For any thread.
 */
final class SiteProcess {
    /** How it is started. */
    interface Launch {
        Process start() throws IOException, InterruptedException;
    }

    private static final int PATIENCE_SECONDS = 30;

    private final String name;
    private final Launch launch;
    private volatile Optional<Process> process = Optional.empty();
    private volatile boolean wanted;
    private volatile List<Integer> endings = List.of();

    SiteProcess(String name, Launch launch) {
        this.name = name;
        this.launch = launch;
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return process.map(Process::isAlive).orElse(false);
    }

    Optional<Long> pid() {
        return process.filter(Process::isAlive).map(Process::pid);
    }

    /** A process that runs goes on. */
    synchronized void start() throws IOException, InterruptedException {
        wanted = true;
        if (!isAlive()) {
            process = Optional.of(launch.start());
        }
    }

    /** Whether it had ended of its own and was started again. */
    synchronized boolean keep() throws IOException, InterruptedException {
        boolean ended = wanted && !isAlive();
        if (ended) {
            process.ifPresent(this::noteEnding);
            start();
        }
        return ended;
    }

    private void noteEnding(Process ended) {
        endings = Stream.concat(endings.stream(), Stream.of(ended.exitValue())).toList();
    }

    /** Exit values, each time that it ended without having been told to. */
    List<Integer> endings() {
        return endings;
    }

    synchronized void kill() throws InterruptedException {
        wanted = false;
        if (process.isPresent()) {
            process.get().destroyForcibly().waitFor();
        }
    }

    /** Asks it to end and does not wait. */
    synchronized void terminate() {
        wanted = false;
        process.ifPresent(Process::destroy);
    }

    void freeze() throws IOException {
        Signals.freeze(process.orElseThrow().pid());
    }

    /** One that has died meanwhile is started by {@link #keep}. */
    void thaw() throws IOException {
        if (isAlive()) {
            Signals.thaw(process.orElseThrow().pid());
        }
    }

    /** For good, whatever state it is in. */
    synchronized void end() {
        wanted = false;
        process.ifPresent(Process::destroyForcibly);
    }

    void awaitEnd() throws InterruptedException {
        if (process.isPresent()) {
            process.get().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
