package io.gapless.rtsp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Hash functions of Digest authentication, the weaker first (RFC 7616 section 3.3). */
enum DigestAlgorithm {
    MD5("MD5", "MD5"),
    SHA_256("SHA-256", "SHA-256"),
    SHA_512_256("SHA-512-256", "SHA-512/256");

    private final String token;
    private final String javaName;

    DigestAlgorithm(String token, String javaName) {
        this.token = token;
        this.javaName = javaName;
    }

    /** As named in header fields. */
    String token() {
        return token;
    }

    /** MD5 if the challenge names none; empty if we do not know it. */
    static Optional<DigestAlgorithm> of(AuthChallenge challenge) {
        String name = challenge.parameter("algorithm");
        if (name.isEmpty()) {
            return Optional.of(MD5);
        }
        return Arrays.stream(values()).filter(a -> a.token.equalsIgnoreCase(name)).findFirst();
    }

    String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance(javaName)
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + javaName, e);
        }
    }
}
