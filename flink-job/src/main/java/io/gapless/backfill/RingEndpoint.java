package io.gapless.backfill;

import static java.util.Objects.requireNonNull;

import io.gapless.ring.client.RingAddress;
import java.io.Serializable;
import java.net.URI;
import java.util.Map;

/**
 * Rings to ask: one, or all that share a name.
 *
 * @param url {@code http://HOST[:PORT]} or {@code https://HOST[:PORT]}
 * @param secret to be shown to it
 * @param tls files for {@code https}
 */
public record RingEndpoint(URI url, SecretSource secret, TlsFiles tls) implements Serializable {
    private static final long serialVersionUID = 1L;

    public RingEndpoint {
        requireNonNull(url, "url is null");
        requireNonNull(secret, "secret is null");
        requireNonNull(tls, "tls is null");
    }

    /**
     * With what this host has now. May wait for a disk.
     *
     * @throws IllegalArgumentException with one sentence, without a secret, if something is wrong
     */
    public RingAddress address(Map<String, String> environment) {
        return RingAddress.of(url, secret.secret(environment), tls.tls());
    }
}
