package io.gapless.ring.client;

/** The ring does not hold this fragment, or does so no more (404, 410). */
public final class RingGoneException extends RingException {
    private static final long serialVersionUID = 1L;

    RingGoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
