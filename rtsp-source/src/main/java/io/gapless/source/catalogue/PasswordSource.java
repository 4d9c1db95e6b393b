package io.gapless.source.catalogue;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where a camera's password is to be found. Shown without it. */
sealed interface PasswordSource {
    /**
     * The password, as this host knows it; absent if this host does not.
     *
     * @param environment an environment variable's value by its name, or null
     */
    Optional<String> password(UnaryOperator<String> environment);

    /** What is missing if there is no password, and what to do. */
    String complaint();

    /** In the catalogue itself. */
    record Inline(String value) implements PasswordSource {
        public Inline {
            requireNonNull(value, "value is null");
        }

        @Override
        public Optional<String> password(UnaryOperator<String> environment) {
            return Optional.of(value);
        }

        @Override
        public String complaint() {
            return "the password is missing; add it";
        }

        @Override
        public String toString() {
            return "password";
        }
    }

    /** In an environment variable. */
    record Environment(String variable) implements PasswordSource {
        @Override
        public Optional<String> password(UnaryOperator<String> environment) {
            return Optional.ofNullable(environment.apply(variable));
        }

        @Override
        public String complaint() {
            return "the environment variable %s of 'passwordEnv' is not set; set it before the start"
                    .formatted(variable);
        }
    }

    /** The text of a file, without the line break at its end. */
    record File(Path path) implements PasswordSource {
        @Override
        public Optional<String> password(UnaryOperator<String> environment) {
            try {
                return Optional.of(Files.readString(path).stripTrailing());
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        @Override
        public String complaint() {
            return "the file %s of 'passwordFile' cannot be read; create it or correct its path and permissions"
                    .formatted(path);
        }
    }
}
