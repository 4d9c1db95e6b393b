package io.gapless.ring.access;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The shared secret of a ring: 8 to 512 characters that may stand in a bearer token (RFC 6750
 * section 2.1). Never shown by {@link #toString}, compared in constant time.
 */
public final class RingSecret {
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._~+/-]{8,512}=*");
    private static final String SCHEME = "Bearer ";
    private static final int MAX_FILE_BYTES = 4096;

    private final byte[] value;

    private RingSecret(String value) {
        this.value = value.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * @throws IllegalArgumentException without the secret if it cannot be one
     */
    public static RingSecret of(String value) {
        return of(requireNonNull(value, "value is null"), "the ring's secret");
    }

    private static RingSecret of(String value, String what) {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    what + " must be 8 to 512 characters of A-Z a-z 0-9 . _ ~ + / -");
        }
        return new RingSecret(value);
    }

    /**
     * The first line of a file, without white space around it.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it holds no secret
     */
    public static RingSecret ofFile(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IllegalArgumentException("the file %s is no secret".formatted(file));
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        String line = text.lines().findFirst().orElse("");
        return of(line.strip(), "the secret in " + file);
    }

    /**
     * The value of a variable of {@code environment}.
     *
     * @throws IllegalArgumentException if it is not set or holds no secret
     */
    public static RingSecret ofEnvironment(String name, Map<String, String> environment) {
        String line =
                Optional.ofNullable(environment.get(name))
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "the environment variable %s with the ring's secret is not set"
                                                        .formatted(name)));
        return of(line.strip(), "the secret in the environment variable " + name);
    }

    /** The value of the header {@code Authorization} that shows this secret. */
    public String authorization() {
        return SCHEME + new String(value, StandardCharsets.US_ASCII);
    }

    /**
     * Whether a header {@code Authorization} shows this secret. Takes as long for a wrong one as
     * for the right one.
     */
    public boolean isShownBy(String authorization) {
        boolean bearer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        String token = bearer ? authorization.substring(SCHEME.length()).strip() : "";
        return MessageDigest.isEqual(value, token.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof RingSecret other && MessageDigest.isEqual(value, other.value);
    }

    @Override
    public int hashCode() {
        return RingSecret.class.hashCode(); // says nothing of the secret
    }

    @Override
    public String toString() {
        return "secret";
    }
}
