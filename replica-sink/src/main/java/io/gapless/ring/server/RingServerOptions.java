package io.gapless.ring.server;

import static java.util.Objects.requireNonNull;

import io.gapless.ring.access.RingSecret;
import io.gapless.ring.access.RingTls;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where a ring is served, and to whom. Where both a secret and authorities of client certificates
 * are given, a client needs both.
 *
 * @param listen port 0 for any that is free
 * @param tls with an identity; HTTPS then, else HTTP
 * @param openToThisHost lets everybody in, if there is neither secret nor authority; on loopback
 *     addresses only
 */
public record RingServerOptions(
        InetSocketAddress listen,
        Optional<RingSecret> secret,
        Optional<RingTls> tls,
        boolean openToThisHost,
        RingServerLimits limits) {
    /**
     * @throws IllegalArgumentException with one sentence if this would serve everybody, or nobody
     */
    public RingServerOptions {
        requireNonNull(listen, "listen is null");
        requireNonNull(secret, "secret is null");
        requireNonNull(tls, "tls is null");
        requireNonNull(limits, "limits is null");
        if (listen.isUnresolved()) {
            throw new IllegalArgumentException(
                    "the host '%s' to listen on is not known".formatted(listen.getHostString()));
        } else if (tls.isPresent() && tls.get().identity().isEmpty()) {
            throw new IllegalArgumentException("TLS needs a certificate and its key");
        }
        boolean guarded = secret.isPresent() || tls.flatMap(RingTls::trusted).isPresent();
        boolean loopback = listen.getAddress().isLoopbackAddress();
        if (!guarded && !(openToThisHost && loopback)) {
            throw new IllegalArgumentException(
                    "a ring on %s needs a secret, or TLS with an authority of client certificates; %s"
                            .formatted(
                                    listen,
                                    loopback
                                            ? "or say that everybody on this host may read it"
                                            : "without either everybody in the network could read it"));
        }
    }
}
