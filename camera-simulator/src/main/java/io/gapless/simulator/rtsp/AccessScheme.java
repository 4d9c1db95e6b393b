package io.gapless.simulator.rtsp;

/** How a camera asks for user and password (RFC 7617, 2069, 7616). */
public enum AccessScheme {
    BASIC(""),
    DIGEST("MD5"),
    DIGEST_SHA256("SHA-256");

    private final String hash;

    AccessScheme(String hash) {
        this.hash = hash;
    }

    String hash() {
        return hash;
    }
}
