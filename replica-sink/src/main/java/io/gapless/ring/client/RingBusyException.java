package io.gapless.ring.client;

/** The ring has no capacity now (429, 503). Worth another try later. */
public final class RingBusyException extends RingException {
    private static final long serialVersionUID = 1L;

    RingBusyException(String message, Throwable cause) {
        super(message, cause);
    }
}
