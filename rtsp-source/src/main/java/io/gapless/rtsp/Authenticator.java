package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Proves to a camera who we are: Digest with the strongest hash that it offers, else Basic.
 *
 * <p>A password is not tried twice on the same question, because some cameras lock a user out; a
 * new question is answered if the camera says the old one is stale, or had accepted the old answer
 * before (Axis M5525 asks anew every 150 s without saying so).
 */
final class Authenticator {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Writes {@code Authorization} values. */
    private interface Scheme {
        String authorize(String method, String uri);
    }

    private final Optional<Credentials> credentials;
    private final Supplier<String> clientNonces;
    private Optional<Scheme> scheme = Optional.empty();
    private boolean accepted;

    Authenticator(Optional<Credentials> credentials) {
        this(credentials, Authenticator::randomNonce);
    }

    Authenticator(Optional<Credentials> credentials, Supplier<String> clientNonces) {
        this.credentials = requireNonNull(credentials, "credentials is null");
        this.clientNonces = requireNonNull(clientNonces, "clientNonces is null");
    }

    private static String randomNonce() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The value of the {@code Authorization} field, once the camera has asked for one. */
    Optional<String> authorization(String method, String uri) {
        return scheme.map(s -> s.authorize(method, uri));
    }

    /** The camera answered a request with something else than 401. */
    void onAccepted() {
        accepted = scheme.isPresent();
    }

    /**
     * The camera answered 401.
     *
     * @return whether to send the request again
     */
    boolean onRefused(RtspHeaders headers) {
        List<AuthChallenge> challenges = AuthChallenge.parseAll(headers.all("WWW-Authenticate"));
        boolean worthwhile =
                scheme.isEmpty()
                        || accepted
                        || challenges.stream().anyMatch(AuthChallenge::isStale);
        accepted = false;
        scheme = credentials.flatMap(c -> strongest(c, challenges));
        return worthwhile && scheme.isPresent();
    }

    private Optional<Scheme> strongest(Credentials user, List<AuthChallenge> challenges) {
        return challenges.stream()
                .filter(c -> c.scheme().equals("digest") && DigestAlgorithm.of(c).isPresent())
                .max(Comparator.comparing(c -> DigestAlgorithm.of(c).orElseThrow()))
                .map(c -> digest(user, c))
                .or(
                        () ->
                                challenges.stream()
                                        .filter(c -> c.scheme().equals("basic"))
                                        .findFirst()
                                        .map(c -> basic(user)));
    }

    private Scheme digest(Credentials user, AuthChallenge challenge) {
        DigestAlgorithm algorithm = DigestAlgorithm.of(challenge).orElseThrow();
        return new DigestAuthorization(user, challenge, algorithm, clientNonces)::authorize;
    }

    private static Scheme basic(Credentials user) {
        byte[] pair = (user.user() + ":" + user.password()).getBytes(StandardCharsets.UTF_8);
        String value = "Basic " + Base64.getEncoder().encodeToString(pair);
        return (method, uri) -> value;
    }
}
