package io.gapless.backfill;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;

/**
 * A ring to ask.
 *
 * @param url {@code http://host:port} or {@code https://host:port}, without user info
 * @param secret that it asks for, if it does
 */
public record RingEndpoint(URI url, Optional<SecretSource> secret) {
    public RingEndpoint {
        requireNonNull(url, "url is null");
        requireNonNull(secret, "secret is null");
    }
}
