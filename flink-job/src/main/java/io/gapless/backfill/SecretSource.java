package io.gapless.backfill;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where the secret of a ring is to be found, on the host that needs it. Part of the job graph, so
 * it never holds the secret itself.
 */
public sealed interface SecretSource extends Serializable {
    /**
     * The secret as this host has it now; absent if it has none, or an empty one.
     *
     * @param environment an environment variable's value by its name, or null
     */
    Optional<String> secret(UnaryOperator<String> environment);

    /** What is missing if there is no secret, and what to do. */
    String complaint();

    /**
     * In an environment variable.
     *
     * @param variable its name
     */
    record Environment(String variable) implements SecretSource {
        private static final long serialVersionUID = 1L;

        public Environment {
            requireNonNull(variable, "variable is null");
        }

        @Override
        public Optional<String> secret(UnaryOperator<String> environment) {
            return Optional.ofNullable(environment.apply(variable)).filter(s -> !s.isBlank());
        }

        @Override
        public String complaint() {
            return "the environment variable %s of 'secretEnv' is not set; set it before the start"
                    .formatted(variable);
        }
    }

    /**
     * The text of a file, without the line break at its end.
     *
     * @param path of the file, absolute
     */
    record File(String path) implements SecretSource {
        private static final long serialVersionUID = 1L;

        public File {
            requireNonNull(path, "path is null");
        }

        @Override
        public Optional<String> secret(UnaryOperator<String> environment) {
            try {
                return Optional.of(Files.readString(Path.of(path)).stripTrailing())
                        .filter(s -> !s.isBlank());
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        @Override
        public String complaint() {
            return "the file %s of 'secretFile' cannot be read or is empty; create it or correct its path and permissions"
                    .formatted(path);
        }
    }
}
