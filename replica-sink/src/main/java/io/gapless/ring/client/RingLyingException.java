package io.gapless.ring.client;

/**
 * What the ring sent cannot be what was asked for: sizes, boxes, header, digest or protocol are
 * wrong.
 */
public final class RingLyingException extends RingException {
    private static final long serialVersionUID = 1L;

    RingLyingException(String message, Throwable cause) {
        super(message, cause);
    }
}
