package io.gapless.system.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.gapless.job.embedded.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A real Flink session cluster of processes, made of the jars of {@code target/dist/lib}:
 * JobManagers and TaskManagers, with the shipped {@code flink-conf/config.yaml}.
 */
public final class FlinkCluster implements AutoCloseable {
    private static final String RESULT_PREFIX = "BASH_JAVA_UTILS_EXEC_RESULT:";
    private static final String JVM_OPTIONS = "env.java.opts.all";
    private static final String TASK_MANAGER_OPTIONS = "env.java.opts.taskmanager";

    /**
     * Where processes run.
     *
     * @param host the address that all of them bind
     * @param command that runs a command there; empty for here
     * @param jvm options of each
     */
    public record Place(String host, List<String> command, List<String> jvm) {
        public static final Place HERE = new Place("127.0.0.1", List.of(), List.of());
    }

    private final Path directory;
    private final Path lib;
    private final Path conf;
    private final Place place;
    private final int restPort;
    private final List<String> opens;
    private final List<String> taskManagerOptions;
    private final Map<String, Process> processes = new HashMap<>();
    private final Map<String, List<List<String>>> memory = new HashMap<>();

    public FlinkCluster(Path directory, Path project, Map<String, String> overrides)
            throws IOException {
        this(directory, project, overrides, Place.HERE);
    }

    /**
     * @param overrides of the shipped configuration
     */
    public FlinkCluster(Path directory, Path project, Map<String, String> overrides, Place place)
            throws IOException {
        this.directory = directory;
        this.lib = project.resolve("flink-job/target/dist/lib");
        this.conf = Files.createDirectories(directory.resolve("conf"));
        this.place = place;
        this.restPort = FreePort.any();
        Map<String, String> settings =
                new TreeMap<>(shipped(project.resolve("flink-conf/config.yaml")));
        this.opens = Arrays.asList(settings.get(JVM_OPTIONS).trim().split(" +", -1));
        this.taskManagerOptions =
                Arrays.asList(settings.get(TASK_MANAGER_OPTIONS).trim().split(" +", -1));
        settings.put("rest.port", Integer.toString(restPort));
        settings.put("jobmanager.rpc.port", Integer.toString(FreePort.any()));
        for (String key :
                List.of(
                        "rest.address",
                        "rest.bind-address",
                        "jobmanager.rpc.address",
                        "jobmanager.bind-host",
                        "taskmanager.host",
                        "taskmanager.bind-host")) {
            settings.put(key, place.host());
        }
        settings.put("io.tmp.dirs", Files.createDirectories(directory.resolve("tmp")).toString());
        settings.put(
                "execution.checkpointing.dir", directory.resolve("checkpoints").toUri().toString());
        settings.putAll(overrides);
        new ObjectMapper(new YAMLFactory())
                .writeValue(conf.resolve("config.yaml").toFile(), settings);
        Files.copy(
                project.resolve("flink-conf/log4j2.properties"), conf.resolve("log4j2.properties"));
    }

    public URI rest() {
        return URI.create("http://%s:%d".formatted(place.host(), restPort));
    }

    /** The jar with the job's main class. */
    public Path jobJar() throws IOException {
        try (Stream<Path> jars = Files.list(lib)) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("flink-job-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    void startJobManager() throws IOException, InterruptedException {
        startJobManager("jobmanager", Map.of());
    }

    /**
     * @param settings of this one alone
     */
    public Process startJobManager(String name, Map<String, String> settings)
            throws IOException, InterruptedException {
        // Without --executionMode: Flink 2.3 knows it no more, and overlooks what follows.
        List<String> arguments = new ArrayList<>(List.of("--configDir", conf.toString()));
        settings.forEach(
                (key, value) -> arguments.addAll(List.of("-D", "%s=%s".formatted(key, value))));
        return start(
                name,
                "GET_JM_RESOURCE_PARAMS",
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                arguments,
                List.of());
    }

    void startTaskManager(String name) throws IOException, InterruptedException {
        startTaskManager(name, List.of());
    }

    /**
     * @param jvm further options
     */
    public Process startTaskManager(String name, List<String> jvm)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(taskManagerOptions);
        options.addAll(jvm);
        return start(
                name,
                "GET_TM_RESOURCE_PARAMS",
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                List.of("--configDir", conf.toString(), "-D", "taskmanager.resource-id=" + name),
                options);
    }

    /** {@code flink run -d} with Flink's own client; throws with its output if it fails. */
    public String run(String mainClass, Path jar, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("run", "-d", "-c", mainClass, jar.toString()));
        command.addAll(arguments);
        return flink(command);
    }

    /** Flink's command line client. */
    public String flink(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = java(List.of("-Xmx256m"), "client");
        command.add("org.apache.flink.client.cli.CliFrontend");
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("FLINK_CONF_DIR", conf.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("flink %s failed: %s".formatted(arguments, output));
        }
        return output;
    }

    /** {@code kill -9}, by process id. */
    void kill(String name) throws InterruptedException {
        processes.get(name).destroyForcibly().waitFor();
    }

    public Path log(String name) {
        return directory.resolve(name + ".log");
    }

    @Override
    public void close() {
        processes.values().forEach(Process::destroy);
        processes.values().forEach(process -> process.onExit().join());
    }

    private Process start(
            String name,
            String resources,
            String mainClass,
            List<String> arguments,
            List<String> jvm)
            throws IOException, InterruptedException {
        List<List<String>> computed = memory(resources);
        List<String> options = new ArrayList<>(computed.get(0));
        options.addAll(jvm);
        List<String> command = java(options, name);
        command.add(mainClass);
        command.addAll(arguments);
        command.addAll(computed.get(1));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        directory.resolve(name + ".out").toFile()))
                        .start();
        processes.put(name, process);
        return process;
    }

    private List<String> java(List<String> jvmOptions, String logName) {
        List<String> command = new ArrayList<>(place.command());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(opens);
        command.addAll(place.jvm());
        command.add("-Dlog.file=" + log(logName));
        command.add("-Dlog4j.configurationFile=" + conf.resolve("log4j2.properties").toUri());
        command.add("-cp");
        command.add(lib + "/*");
        return command;
    }

    /** JVM options and dynamic properties, as Flink's own scripts compute them. */
    private synchronized List<List<String>> memory(String resources)
            throws IOException, InterruptedException {
        List<List<String>> known = memory.get(resources);
        if (known == null) {
            known = computedMemory(resources);
            memory.put(resources, known);
        }
        return known;
    }

    private List<List<String>> computedMemory(String resources)
            throws IOException, InterruptedException {
        List<String> command = java(List.of("-Xmx128m"), "bash-java-utils");
        command.addAll(
                List.of(
                        "org.apache.flink.runtime.util.bash.BashJavaUtils",
                        resources,
                        "--configDir",
                        conf.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        List<List<String>> lines =
                output.lines()
                        .filter(line -> line.startsWith(RESULT_PREFIX))
                        .map(
                                line ->
                                        Arrays.asList(
                                                line.substring(RESULT_PREFIX.length())
                                                        .trim()
                                                        .split("\\s+", -1)))
                        .toList();
        if (lines.size() != 2) {
            throw new IOException("%s printed %s".formatted(resources, output));
        }
        return lines;
    }

    private static Map<String, String> shipped(Path file) throws IOException {
        Map<String, String> flat = new HashMap<>();
        flatten("", new ObjectMapper(new YAMLFactory()).readValue(file.toFile(), Map.class), flat);
        return flat;
    }

    private static void flatten(String prefix, Map<?, ?> nested, Map<String, String> flat) {
        nested.forEach(
                (key, value) -> {
                    if (value instanceof Map<?, ?> inner) {
                        flatten(prefix + key + ".", inner, flat);
                    } else {
                        flat.put(prefix + key, String.valueOf(value));
                    }
                });
    }
}
