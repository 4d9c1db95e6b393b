package io.gapless.job;

import io.gapless.source.Shard;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.util.ParameterTool;

/**
 * The job's command line.
 *
 * @param configuration the file of a {@link RecorderConfiguration}
 */
record JobArguments(Path configuration, Role role, Shard shard) {
    private static final String USAGE =
            "usage: --config FILE --role primary|replica|all [--shard i/n]";

    /**
     * @throws IllegalArgumentException with one sentence for people
     */
    static JobArguments parse(String[] arguments) {
        ParameterTool given = ParameterTool.fromArgs(arguments);
        for (String key : given.toMap().keySet()) {
            if (!Set.of("config", "role", "shard").contains(key)) {
                throw new IllegalArgumentException(
                        "the option --%s is not known; %s".formatted(key, USAGE));
            }
        }
        return new JobArguments(
                Path.of(required(given, "config")).toAbsolutePath(),
                Role.parse(required(given, "role")),
                Optional.ofNullable(given.get("shard")).map(Shard::parse).orElse(Shard.WHOLE));
    }

    private static String required(ParameterTool given, String key) {
        String value = given.get(key);
        if (value == null || value.equals("__NO_VALUE_KEY")) {
            throw new IllegalArgumentException("--%s is missing; %s".formatted(key, USAGE));
        }
        return value;
    }
}
