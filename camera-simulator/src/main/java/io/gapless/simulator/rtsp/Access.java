package io.gapless.simulator.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** User and password that a camera asks for. The password stays out of {@link #toString}. */
public record Access(AccessScheme scheme, String user, String password) {
    private static final String REALM = "gapless-camera";
    private static final Pattern PARAMETER =
            Pattern.compile("(\\w+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,]+))");

    public Access {
        requireNonNull(scheme, "scheme is null");
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
    }

    /** The value of the {@code WWW-Authenticate} header. */
    public String challenge(String nonce) {
        return switch (scheme) {
            case BASIC -> "Basic realm=\"%s\"".formatted(REALM);
            case DIGEST -> "Digest realm=\"%s\", nonce=\"%s\"".formatted(REALM, nonce);
            case DIGEST_SHA256 ->
                    "Digest realm=\"%s\", nonce=\"%s\", algorithm=SHA-256".formatted(REALM, nonce);
        };
    }

    /** Whether an {@code Authorization} header answers the challenge. */
    public boolean admits(RtspRequest request, String nonce) {
        String answer = request.header("Authorization").orElse("");
        if (scheme == AccessScheme.BASIC) {
            String plain = user + ":" + password;
            return answer.equals(
                    "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(UTF_8)));
        }
        return answer.startsWith("Digest ") && admitsDigest(request, parameters(answer), nonce);
    }

    private boolean admitsDigest(RtspRequest request, Map<String, String> answer, String nonce) {
        String secret = hash(user + ":" + REALM + ":" + password);
        String subject = hash(request.method() + ":" + answer.get("uri"));
        String middle =
                answer.containsKey("qop")
                        ? "%s:%s:%s:%s"
                                .formatted(
                                        nonce,
                                        answer.get("nc"),
                                        answer.get("cnonce"),
                                        answer.get("qop"))
                        : nonce;
        return user.equals(answer.get("username"))
                && nonce.equals(answer.get("nonce"))
                && request.uri().equals(answer.get("uri"))
                && hash(secret + ":" + middle + ":" + subject).equals(answer.get("response"));
    }

    private static Map<String, String> parameters(String answer) {
        Map<String, String> parameters = new TreeMap<>();
        Matcher matcher = PARAMETER.matcher(answer);
        while (matcher.find()) {
            String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        return parameters;
    }

    private String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(scheme.hash());
            return HexFormat.of().formatHex(digest.digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + scheme.hash(), e);
        }
    }

    @Override
    public String toString() {
        return "Access[%s, %s, ***]".formatted(scheme, user);
    }
}
