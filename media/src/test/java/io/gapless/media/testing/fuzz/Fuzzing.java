package io.gapless.media.testing.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs Jazzer in a process of its own, because it rewrites the classes that it loads. Whatever it
 * learns it keeps in {@code target/fuzz}.
 */
public final class Fuzzing {
    private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";
    private static final int LONGEST_INPUT_BYTES = 4096;

    private final FuzzTargets targets;
    private final String name;

    /**
     * @param name for its directory in {@code target/fuzz}
     */
    public Fuzzing(FuzzTargets targets, String name) {
        this.targets = targets;
        this.name = name;
    }

    /** All inputs that are kept for a target. */
    public List<byte[]> corpus(String target) throws IOException {
        return Corpus.of(targets, target);
    }

    /**
     * All targets at once for some seconds; says what was found, if anything was. Jazzer's dice
     * fall as they fell last time, so that no build fails by chance over what it did not change.
     */
    public Optional<String> all(int seconds) throws IOException, InterruptedException {
        Path home = home(name);
        List<String> names = List.copyOf(targets.targets().keySet());
        for (int i = 0; i < names.size(); i++) {
            save(home, names.get(i), (byte) i);
        }
        return run(
                home,
                targets.getClass().getName(),
                List.of("-max_total_time=" + seconds, "-seed=1"),
                "-XX:TieredStopAtLevel=1");
    }

    /** One target with so many inputs. */
    public Optional<String> one(String target, long inputs)
            throws IOException, InterruptedException {
        Path home = home(target);
        save(home, target);
        return run(home, targets.getClass().getName() + " " + target, List.of("-runs=" + inputs));
    }

    private static Path home(String name) throws IOException {
        Path home = Path.of("target", "fuzz", name).toAbsolutePath();
        Files.createDirectories(home.resolve("corpus"));
        Files.createDirectories(home.resolve("findings"));
        return home;
    }

    private void save(Path home, String target, byte... first) throws IOException {
        int number = 0;
        for (byte[] input : corpus(target)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(first);
            bytes.writeBytes(input);
            Path seed = home.resolve("corpus").resolve("seed-" + target + "-" + number++);
            Files.write(seed, bytes.toByteArray());
        }
    }

    private static Optional<String> run(
            Path home, String arguments, List<String> fuzzing, String... jvmOptions)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-cp", classPath(), JAZZER));
        command.addAll(
                List.of(
                        "--target_class=" + FuzzEntry.class.getName(),
                        "--target_args=" + arguments,
                        "--instrumentation_includes=io.gapless.**",
                        "--custom_hook_includes=io.gapless.**",
                        "--reproducer_path=" + home.resolve("findings"),
                        "-max_len=" + LONGEST_INPUT_BYTES,
                        "-timeout=60",
                        "-print_final_stats=1",
                        "-artifact_prefix=" + home.resolve("findings") + File.separator,
                        home.resolve("corpus").toString()));
        command.addAll(fuzzing);
        Path log = home.resolve("jazzer.log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        int status = process.waitFor();
        return status == 0 ? Optional.empty() : Optional.of(found(log));
    }

    /** Surefire keeps the real class path to itself. */
    private static String classPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** From the line that says what is wrong. */
    private static String found(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            List<String> all = lines.toList();
            int at = 0;
            while (at < all.size() && !all.get(at).contains("== ")) {
                at++;
            }
            int from = at < all.size() ? at : Math.max(0, all.size() - 40);
            return log + "\n" + String.join("\n", all.subList(from, all.size()));
        }
    }
}
