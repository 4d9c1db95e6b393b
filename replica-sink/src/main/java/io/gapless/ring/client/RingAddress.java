package io.gapless.ring.client;

import static java.util.Objects.requireNonNull;

import io.gapless.ring.access.RingSecret;
import io.gapless.ring.access.RingTls;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a ring is, and what opens it.
 *
 * @param uri {@code http://HOST[:PORT]} or {@code https://HOST[:PORT]}, nothing else in it; shown
 *     in logs and exceptions
 * @param certifiedName the name that the server's certificate must carry: the host's, even where
 *     {@code uri} names one of its addresses
 * @param secret to be shown to the ring
 * @param tls files for {@code https}
 */
public record RingAddress(
        URI uri, String certifiedName, Optional<RingSecret> secret, Optional<RingTls> tls) {
    /** The port of a ring where none is named. */
    public static final int DEFAULT_PORT = 8484;

    public RingAddress {
        requireNonNull(uri, "uri is null");
        requireNonNull(certifiedName, "certifiedName is null");
        requireNonNull(secret, "secret is null");
        requireNonNull(tls, "tls is null");
    }

    /**
     * @throws IllegalArgumentException with one sentence, without what may be a password, if {@code
     *     uri} is not the address of a ring
     */
    public static RingAddress of(URI uri, Optional<RingSecret> secret, Optional<RingTls> tls) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean bare =
                uri.getRawUserInfo() == null
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null
                        && (uri.getRawPath() == null || uri.getRawPath().matches("/?"));
        if (!scheme.matches("https?") || uri.getHost() == null || !bare || uri.getPort() > 0xFFFF) {
            throw new IllegalArgumentException(
                    "a ring's address is http://HOST:PORT or https://HOST:PORT and nothing more");
        }
        if (scheme.equals("http") && tls.isPresent()) {
            throw new IllegalArgumentException(
                    "the ring at %s has TLS files, but its address is not https://".formatted(uri));
        }
        URI exact = at(scheme, uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
        return new RingAddress(exact, uri.getHost(), secret, tls);
    }

    public boolean isSecure() {
        return uri.getScheme().equals("https");
    }

    /**
     * One ring for each address of the host: several rings may share a name. Asks the name service,
     * so it may take seconds.
     */
    public List<RingAddress> resolve() throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(uri.getHost()))
                .distinct()
                .map(a -> at(uri.getScheme(), literal(a), uri.getPort()))
                .map(exact -> new RingAddress(exact, certifiedName, secret, tls))
                .toList();
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + text.replace("%", "%25") + "]" : text;
    }

    private static URI at(String scheme, String host, int port) {
        return URI.create("%s://%s:%d".formatted(scheme, host, port));
    }

    /** The address alone. */
    @Override
    public String toString() {
        return uri.toString();
    }
}
