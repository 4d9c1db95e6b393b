package io.gapless.job.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Keeps the processes of {@code nvr up} alive: each is started again if it dies or hangs, none
 * because another does. Owned by one thread.
 */
public final class Supervisor {
    /**
     * How a member's process is started; the same at every restart.
     *
     * @param patience how long it may take to end when asked to
     * @param progress how to ask it whether it gets on; absent: only its end is noticed
     */
    public record Launch(
            Member member,
            List<String> jvmOptions,
            List<String> arguments,
            Duration patience,
            Optional<Progress> progress) {
        public ChildProcess start(DataDirectory data) throws IOException {
            return ChildProcess.start(data, member, jvmOptions, arguments);
        }
    }

    private static final Duration LEFTOVER_PATIENCE = Duration.ofSeconds(30);

    private final DataDirectory data;
    private final Consumer<String> report;

    /** By tier: those of a higher one use those of a lower one, and end before them. */
    private final Map<Integer, List<KeptProcess>> kept = new TreeMap<>(Comparator.reverseOrder());

    /**
     * @param report receives one sentence for people at each restart
     */
    public Supervisor(DataDirectory data, Consumer<String> report) {
        this.data = data;
        this.report = report;
    }

    /**
     * Starts a process and keeps it alive from now on.
     *
     * @throws IOException if it cannot be started the first time
     */
    public ChildProcess start(Launch launch) throws IOException {
        endLeftover(data, launch.member());
        KeptProcess process = new KeptProcess(data, launch, report, System::nanoTime);
        ChildProcess child = process.start();
        keep(launch.member(), process);
        return child;
    }

    /** Starts a process and keeps it alive, even if it cannot be started at first. */
    public void startWhenPossible(Launch launch) throws IOException {
        endLeftover(data, launch.member());
        KeptProcess process = new KeptProcess(data, launch, report, System::nanoTime);
        keep(launch.member(), process);
        process.check();
    }

    private void keep(Member member, KeptProcess process) {
        kept.computeIfAbsent(member.tier(), tier -> new ArrayList<>()).add(process);
    }

    /** Starts again whatever died or hangs. To be called once a second, and never waits. */
    public void check() {
        kept.values().forEach(processes -> processes.forEach(KeptProcess::check));
    }

    /** Stops everything, and waits for it; members of one tier side by side. */
    public void stop() throws IOException {
        for (List<KeptProcess> tier : kept.values()) {
            for (KeptProcess process : tier) {
                process.requestStop();
            }
            for (KeptProcess process : tier) {
                process.awaitEnd();
            }
        }
        kept.clear();
    }

    /**
     * A supervisor that was killed leaves children that are about to end by themselves; two of one
     * member at once would fight for ports and files.
     */
    public static void endLeftover(DataDirectory data, Member member) throws IOException {
        Optional<ProcessHandle> leftover =
                DataDirectory.readLine(data.pidFile(member))
                        .map(Long::parseLong)
                        .flatMap(ProcessHandle::of)
                        .filter(process -> isOurs(data, process));
        if (leftover.isPresent()) {
            ProcessHandle process = leftover.get();
            if (!Poll.until(LEFTOVER_PATIENCE, () -> !process.isAlive())) {
                process.destroyForcibly();
                Poll.until(() -> !process.isAlive());
            }
        }
        Files.deleteIfExists(data.pidFile(member));
    }

    /** Process ids are reused: only a process of ours, for this directory, is ended. */
    private static boolean isOurs(DataDirectory data, ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains(EmbeddedProcess.class.getName()))
                .filter(line -> line.contains(data.root().toString()))
                .isPresent();
    }
}
