package io.gapless.ring.client;

/** The ring could not be reached, broke off or was too slow. Worth another try later. */
public final class RingUnreachableException extends RingException {
    private static final long serialVersionUID = 1L;

    RingUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
