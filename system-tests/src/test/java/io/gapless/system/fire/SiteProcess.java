package io.gapless.system.fire;

import io.gapless.system.nvr.Signals;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process that can die and be started again. For one thread, but for {@link #end}. */
final class SiteProcess {
    /** How it is started. */
    interface Launch {
        Process start() throws IOException, InterruptedException;
    }

    private static final int PATIENCE_SECONDS = 30;

    private final String name;
    private final Launch launch;
    private volatile Optional<Process> process = Optional.empty();

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
    void start() throws IOException, InterruptedException {
        if (!isAlive()) {
            process = Optional.of(launch.start());
        }
    }

    void kill() throws InterruptedException {
        if (process.isPresent()) {
            process.get().destroyForcibly().waitFor();
        }
    }

    /** Asks it to end and does not wait. */
    void terminate() {
        process.ifPresent(Process::destroy);
    }

    void freeze() throws IOException {
        Signals.freeze(process.orElseThrow().pid());
    }

    void thaw() throws IOException {
        Signals.thaw(process.orElseThrow().pid());
    }

    /** For good, whatever state it is in. */
    void end() {
        process.ifPresent(Process::destroyForcibly);
    }

    void awaitEnd() throws InterruptedException {
        if (process.isPresent()) {
            process.get().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
