package io.gapless.job.embedded;

import io.gapless.job.embedded.Supervisor.Launch;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One process that is started again whenever it ends, or makes no progress. Owned by the
 * supervisor's thread.
 */
final class KeptProcess {
    private static final int MOST_DOUBLED = 4;

    private final DataDirectory data;
    private final Launch launch;
    private final Consumer<String> report;
    private final LongSupplier nanoTicker;
    private final RestartBackOff backOff = new RestartBackOff();
    private Optional<ChildProcess> child = Optional.empty();
    private Optional<ProgressWatch> watch = Optional.empty();

    /** How long the next is given to make its first progress. */
    private int mostStill = ProgressWatch.MOST_STILL;

    /** Why it was killed, if it was. */
    private Optional<String> complaint = Optional.empty();

    private long startedNanos;
    private long dueNanos;

    KeptProcess(
            DataDirectory data, Launch launch, Consumer<String> report, LongSupplier nanoTicker) {
        this.data = data;
        this.launch = launch;
        this.report = report;
        this.nanoTicker = nanoTicker;
    }

    ChildProcess start() throws IOException {
        startedNanos = nanoTicker.getAsLong();
        ChildProcess started = launch.start(data);
        child = Optional.of(started);
        watch =
                launch.progress()
                        .map(asked -> new ProgressWatch(asked, started::processorTime, mostStill));
        complaint = Optional.empty();
        return started;
    }

    /** Ends it if it hangs; starts it again if it has ended and it is time to. */
    void check() {
        long now = nanoTicker.getAsLong();
        if (child.isPresent() && child.get().isAlive()) {
            noteWellBeing(now);
            endIfItHangs();
        } else if (child.isPresent()) {
            noteEnd(
                    complaint
                            .map("%s, was killed"::formatted)
                            .orElseGet(() -> "ended with status " + child.get().exitStatus()),
                    now);
        } else if (now - dueNanos >= 0) {
            startAgain(now);
        }
    }

    /** It is told of when it is dead: until then its ports and files are not free. */
    private void endIfItHangs() {
        if (complaint.isEmpty()) {
            complaint = watch.flatMap(ProgressWatch::poll);
            complaint.ifPresent(c -> giveUp());
        }
    }

    /** Where starts take too long, the next takes no less: it is given twice the time. */
    private void giveUp() {
        boolean started = watch.orElseThrow().hasProgressed();
        mostStill =
                started
                        ? ProgressWatch.MOST_STILL
                        : Math.min(2 * mostStill, MOST_DOUBLED * ProgressWatch.MOST_STILL);
        child.orElseThrow().kill();
    }

    private void noteWellBeing(long now) {
        if (now - startedNanos >= RestartBackOff.WELL_AFTER.toNanos()) {
            if (backOff.earlyEnds() > 1) {
                report.accept(launch.member().name() + " runs again");
            }
            backOff.well();
        }
    }

    private void noteEnd(String what, long now) {
        child = Optional.empty();
        Duration wait = backOff.ended(Duration.ofNanos(now - startedNanos));
        dueNanos = now + wait.toNanos();
        tell(what);
        if (wait.isZero()) {
            startAgain(now);
        }
    }

    private void startAgain(long now) {
        try {
            start();
        } catch (IOException e) {
            noteEnd("cannot be started: " + e.getMessage(), now);
        }
    }

    /** Whatever happens again and again is told twice. */
    private void tell(String what) {
        String log = "its log is " + data.log(launch.member());
        String name = launch.member().name();
        if (backOff.earlyEnds() <= 1) {
            report.accept("%s %s and is started again; %s".formatted(name, what, log));
        } else if (backOff.earlyEnds() == 2) {
            report.accept(
                    "%s %s once more and is tried now and then; %s".formatted(name, what, log));
        }
    }

    void requestStop() throws IOException {
        if (child.isPresent()) {
            child.get().requestStop();
        }
    }

    void awaitEnd() throws IOException {
        if (child.isPresent()) {
            child.get().awaitEnd(data, launch.patience());
        }
    }
}
