package io.gapless.backfill;

import static java.util.Objects.requireNonNull;

import io.gapless.ring.access.RingSecret;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the secret of a ring is to be found, on the host that needs it. Part of the job graph, so
 * it never holds the secret itself.
 */
public sealed interface SecretSource extends Serializable {
    /**
     * The secret as this host has it now; absent if none is needed. May wait for a disk.
     *
     * @throws IllegalArgumentException with one sentence, without the secret, if it is not there
     */
    Optional<RingSecret> secret(Map<String, String> environment);

    /** Nowhere: access is by certificate. */
    record None() implements SecretSource {
        private static final long serialVersionUID = 1L;

        @Override
        public Optional<RingSecret> secret(Map<String, String> environment) {
            return Optional.empty();
        }
    }

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
        public Optional<RingSecret> secret(Map<String, String> environment) {
            return Optional.of(RingSecret.ofEnvironment(variable, environment));
        }
    }

    /**
     * In the first line of a file.
     *
     * @param path of the file, absolute
     */
    record File(String path) implements SecretSource {
        private static final long serialVersionUID = 1L;

        public File {
            requireNonNull(path, "path is null");
        }

        @Override
        public Optional<RingSecret> secret(Map<String, String> environment) {
            try {
                return Optional.of(RingSecret.ofFile(Path.of(path)));
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "the file %s of 'secretFile' cannot be read; create it or correct its path and permissions"
                                .formatted(path),
                        e);
            }
        }
    }
}
