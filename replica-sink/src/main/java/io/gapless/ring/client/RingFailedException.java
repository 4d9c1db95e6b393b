package io.gapless.ring.client;

/** The ring, or what stands before it, failed itself (500, 502, 504). Worth another try later. */
public final class RingFailedException extends RingException {
    private static final long serialVersionUID = 1L;

    RingFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
