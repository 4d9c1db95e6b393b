package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

/** Which certificates count when a camera is dialled with {@code rtsps}. */
public sealed interface Trust {
    /** Those of the authorities that Java trusts, for the host that is dialled. */
    record SystemAuthorities() implements Trust {}

    /**
     * Those of the authorities of a file, for the host that is dialled.
     *
     * @param pem certificates in PEM form
     */
    record OwnAuthorities(String pem) implements Trust {
        public OwnAuthorities {
            requireNonNull(pem, "pem is null");
        }

        @Override
        public String toString() {
            return "own authorities";
        }
    }

    /**
     * One certificate and no other, whoever made it and whatever host it names.
     *
     * @param sha256 of the certificate in DER form, 64 hexadecimal digits in lower case
     */
    record Fingerprint(String sha256) implements Trust {
        public Fingerprint {
            if (!sha256.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException(
                        "a SHA-256 fingerprint has 64 digits of 0-9 a-f");
            }
        }
    }

    /** Any: whoever is in between can listen, and take the camera's place. */
    record Anybody() implements Trust {}
}
