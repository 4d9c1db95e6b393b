package io.gapless.job.embedded;

import io.gapless.job.embedded.DataDirectory.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps the processes of {@code nvr up} alive: starts them in order, starts one again that dies,
 * and stops them in reverse order. Owned by one thread.
 */
public final class Supervisor {
    /**
     * How a role's process is started; the same at every restart.
     *
     * @param patience how long it may take to end when asked to
     */
    public record Launch(
            Role role, List<String> jvmOptions, List<String> arguments, Duration patience) {
        public ChildProcess start(DataDirectory data) throws IOException {
            return ChildProcess.start(data, role, jvmOptions, arguments);
        }
    }

    private static final Duration LEFTOVER_PATIENCE = Duration.ofSeconds(30);

    private final DataDirectory data;
    private final Consumer<String> report;
    private final Map<Role, Launch> launches = new EnumMap<>(Role.class);
    private final Map<Role, ChildProcess> children = new EnumMap<>(Role.class);
    private final Deque<Role> order = new ArrayDeque<>();

    /**
     * @param report receives one sentence for people at each restart
     */
    public Supervisor(DataDirectory data, Consumer<String> report) {
        this.data = data;
        this.report = report;
    }

    /** Starts a process and keeps it alive from now on. */
    public ChildProcess start(Launch launch) throws IOException {
        endLeftover(data, launch.role());
        launches.put(launch.role(), launch);
        order.push(launch.role());
        return launch(launch);
    }

    /** Starts again whatever died. To be called every second or so. */
    public void check() throws IOException {
        for (ChildProcess child : List.copyOf(children.values())) {
            if (!child.isAlive()) {
                report.accept(
                        "%s ended with status %d and is started again; its log is %s"
                                .formatted(
                                        child.role().fileName(),
                                        child.exitStatus(),
                                        data.log(child.role())));
                launch(launches.get(child.role()));
            }
        }
    }

    public Optional<ChildProcess> child(Role role) {
        return Optional.ofNullable(children.get(role));
    }

    /** Stops everything, last started first. */
    public void stop() throws IOException {
        while (!order.isEmpty()) {
            Role role = order.pop();
            ChildProcess child = children.remove(role);
            if (child != null) {
                child.stop(data, launches.get(role).patience());
            }
        }
    }

    private ChildProcess launch(Launch launch) throws IOException {
        ChildProcess child = launch.start(data);
        children.put(launch.role(), child);
        return child;
    }

    /**
     * A supervisor that was killed leaves children that are about to end by themselves; two of a
     * role at once would fight for ports and files.
     */
    public static void endLeftover(DataDirectory data, Role role) throws IOException {
        Optional<ProcessHandle> leftover =
                DataDirectory.readLine(data.pidFile(role))
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
        Files.deleteIfExists(data.pidFile(role));
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
