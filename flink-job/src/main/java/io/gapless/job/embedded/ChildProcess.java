package io.gapless.job.embedded;

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
     * Everything starts at once, and replicas give way, a little, to what they depend on or stand
     * in for: three JVMs that start side by side would be late together.
     */
    private static final List<String> GIVING_WAY = List.of("nice", "-n", "5");

    /**
     * The embedded HDFS brings Netty's native library in another version, beside which ours refuses
     * to load; receiving would cost a quarter more without it.
     */
    private static final String HDFS_SERVERS = "hadoop-client-minicluster";

    private final Member member;
    private final Process process;

    private ChildProcess(Member member, Process process) {
        this.member = member;
        this.process = process;
    }

    /** Starts {@link EmbeddedProcess} as the given member with what it needs of our class path. */
    public static ChildProcess start(
            DataDirectory data, Member member, List<String> jvmOptions, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(IGNORING_CTRL_C);
        if (member.kind() == Member.Kind.REPLICA) {
            command.addAll(GIVING_WAY);
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-Dlog.file=" + data.log(member));
        command.add("-Dlog4j2.configurationFile=log4j2-embedded.properties");
        command.add("-Djava.io.tmpdir=" + emptied(data.temporary(member)));
        command.add("-cp");
        command.add(classPath(member));
        command.add(EmbeddedProcess.class.getName());
        command.add(member.name());
        command.add(data.root().toString());
        command.addAll(arguments);
        File output = data.logs().resolve(member.name() + ".out").toFile();
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output)
                        .start();
        try {
            DataDirectory.writeLine(data.pidFile(member), Long.toString(process.pid()));
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
        return new ChildProcess(member, process);
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

    private static String classPath(Member member) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> member.kind() == Member.Kind.HDFS || !entry.contains(HDFS_SERVERS))
                .collect(Collectors.joining(File.pathSeparator));
    }

    public Member member() {
        return member;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Exit status of a process that has ended. */
    public int exitStatus() {
        return process.exitValue();
    }

    /** What it has used since its start; zero where the machine does not tell. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** {@code kill -9}; does not wait. */
    void kill() {
        process.destroyForcibly();
    }

    /** Asks it to end, and ends it if it does not within {@code patience}. */
    public void stop(DataDirectory data, Duration patience) throws IOException {
        requestStop();
        awaitEnd(data, patience);
    }

    /** Asks it to end, and does not wait. */
    void requestStop() throws IOException {
        process.getOutputStream().close();
    }

    void awaitEnd(DataDirectory data, Duration patience) throws IOException {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(data.pidFile(member));
    }
}
