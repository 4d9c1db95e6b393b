package io.gapless.job.embedded;

import io.gapless.job.embedded.DataDirectory.Role;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A running process of {@code nvr up}, with its id in {@link DataDirectory#pidFile}. It ends when
 * this process does, whichever way. Owned by the supervisor's thread.
 */
public final class ChildProcess {
    /**
     * Ctrl-C in a terminal reaches parent and children alike; the children leave it to the parent,
     * which stops them in the right order. An ignored signal stays ignored over {@code exec}, and
     * HotSpot respects it.
     */
    private static final List<String> IGNORING_CTRL_C =
            List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh");

    /**
     * The embedded HDFS brings Netty's native library in another version, beside which ours refuses
     * to load; receiving would cost a quarter more without it.
     */
    private static final String HDFS_SERVERS = "hadoop-client-minicluster";

    private final Role role;
    private final Process process;

    private ChildProcess(Role role, Process process) {
        this.role = role;
        this.process = process;
    }

    /** Starts {@link EmbeddedProcess} in the given role with what it needs of our class path. */
    public static ChildProcess start(
            DataDirectory data, Role role, List<String> jvmOptions, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(IGNORING_CTRL_C);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-Dlog.file=" + data.log(role));
        command.add("-Dlog4j2.configurationFile=log4j2-embedded.properties");
        command.add("-Djava.io.tmpdir=" + emptied(data.temporary(role)));
        command.add("-cp");
        command.add(classPath(role));
        command.add(EmbeddedProcess.class.getName());
        command.add(role.name());
        command.add(data.root().toString());
        command.addAll(arguments);
        File output = data.logs().resolve(role.fileName() + ".out").toFile();
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output)
                        .start();
        DataDirectory.writeLine(data.pidFile(role), Long.toString(process.pid()));
        return new ChildProcess(role, process);
    }

    /** A killed process leaves its share of Flink's and RocksDB's files, some 25 MB a start. */
    private static Path emptied(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(directory);
    }

    private static String classPath(Role role) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> role == Role.HDFS || !entry.contains(HDFS_SERVERS))
                .collect(Collectors.joining(File.pathSeparator));
    }

    public Role role() {
        return role;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Exit status of a process that has ended. */
    public int exitStatus() {
        return process.exitValue();
    }

    /** Asks it to end, and ends it if it does not within {@code patience}. */
    public void stop(DataDirectory data, Duration patience) throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(data.pidFile(role));
    }
}
