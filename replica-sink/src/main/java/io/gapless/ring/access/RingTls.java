package io.gapless.ring.access;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The PEM files of one side of a TLS connection.
 *
 * @param identity who this side is; a server needs one, a client if it has to show a certificate
 * @param trusted certificates of the authorities whose certificates the other side may show; a
 *     client without them trusts those of the Java runtime, a server without them asks for none
 */
public record RingTls(Optional<Identity> identity, Optional<Path> trusted) {
    /**
     * @param certificate the certificate, followed by those between it and the authority's
     * @param key its private key: PKCS #8, not encrypted ({@code BEGIN PRIVATE KEY})
     */
    public record Identity(Path certificate, Path key) {
        public Identity {
            requireNonNull(certificate, "certificate is null");
            requireNonNull(key, "key is null");
        }
    }

    public RingTls {
        requireNonNull(identity, "identity is null");
        requireNonNull(trusted, "trusted is null");
    }
}
