package io.gapless.system.nvr;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the {@code ./nvr} command as a user does. */
public final class Nvr {
    /** The checkout. */
    public static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private Nvr() {}

    /** What a command that has ended left behind. */
    public record Result(int status, String out, String err) {}

    /** Runs a command to its end. */
    public static Result run(Path scratch, Object... arguments)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(scratch, "nvr", ".out");
        Path err = Files.createTempFile(scratch, "nvr", ".err");
        Process process =
                new ProcessBuilder(command(arguments))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroy();
            throw new IOException(
                    "nvr %s did not end: %s".formatted(List.of(arguments), read(err)));
        }
        return new Result(process.exitValue(), read(out), read(err));
    }

    /** Starts a command that goes on, its output going to {@code output}. */
    public static Process start(Path output, Object... arguments) throws IOException {
        return start(output, Map.of(), arguments);
    }

    /** As {@link #start(Path, Object...)}, with more environment variables than the test has. */
    public static Process start(Path output, Map<String, String> environment, Object... arguments)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command(arguments))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static List<String> command(Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(PROJECT.resolve("nvr").toString());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
