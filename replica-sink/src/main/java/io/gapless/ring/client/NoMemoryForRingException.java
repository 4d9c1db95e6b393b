package io.gapless.ring.client;

/** There was no room in this process's memory for the fragment; the ring is not to blame. */
public final class NoMemoryForRingException extends RingException {
    private static final long serialVersionUID = 1L;

    NoMemoryForRingException(String message, Throwable cause) {
        super(message, cause);
    }
}
