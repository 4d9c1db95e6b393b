package io.gapless.ring.client;

/** The ring does not accept the secret or the certificate (401, 403, or in TLS). */
public final class RingRefusedException extends RingException {
    private static final long serialVersionUID = 1L;

    RingRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
