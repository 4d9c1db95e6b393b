package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Answers one Digest challenge, for any number of requests: the old form of RFC 2069 if the
 * challenge names no qop, else {@code qop=auth} (RFC 7616 section 3.4).
 */
final class DigestAuthorization {
    private final Credentials credentials;
    private final AuthChallenge challenge;
    private final DigestAlgorithm algorithm;
    private final Supplier<String> clientNonces;
    private int nonceCount;

    DigestAuthorization(
            Credentials credentials,
            AuthChallenge challenge,
            DigestAlgorithm algorithm,
            Supplier<String> clientNonces) {
        this.credentials = requireNonNull(credentials, "credentials is null");
        this.challenge = requireNonNull(challenge, "challenge is null");
        this.algorithm = requireNonNull(algorithm, "algorithm is null");
        this.clientNonces = requireNonNull(clientNonces, "clientNonces is null");
    }

    /**
     * The value of the {@code Authorization} field.
     *
     * @param uri exactly as in the request line
     */
    String authorize(String method, String uri) {
        String realm = challenge.parameter("realm");
        String nonce = challenge.parameter("nonce");
        String a1 = algorithm.hash(credentials.user() + ":" + realm + ":" + credentials.password());
        String a2 = algorithm.hash(method + ":" + uri);
        StringBuilder out = new StringBuilder("Digest ");
        out.append("username=").append(quote(credentials.user()));
        out.append(", realm=").append(quote(realm));
        out.append(", nonce=").append(quote(nonce));
        out.append(", uri=").append(quote(uri));
        if (offersQopAuth()) {
            String count = "%08x".formatted(++nonceCount);
            String clientNonce = clientNonces.get();
            String proof = String.join(":", nonce, count, clientNonce, "auth", a2);
            out.append(", response=").append(quote(algorithm.hash(a1 + ":" + proof)));
            out.append(", qop=auth, nc=").append(count);
            out.append(", cnonce=").append(quote(clientNonce));
        } else {
            String response = algorithm.hash(a1 + ":" + nonce + ":" + a2);
            out.append(", response=").append(quote(response));
        }
        if (challenge.parameters().containsKey("algorithm")) {
            out.append(", algorithm=").append(algorithm.token());
        }
        if (challenge.parameters().containsKey("opaque")) {
            out.append(", opaque=").append(quote(challenge.parameter("opaque")));
        }
        return out.toString();
    }

    private boolean offersQopAuth() {
        return Arrays.stream(challenge.parameter("qop").split(","))
                .anyMatch(q -> q.strip().equalsIgnoreCase("auth"));
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
