package io.gapless.ring.client;

import java.io.IOException;

/**
 * A ring did not give what was asked for. The message names the ring, the camera and, if it is
 * about one, the fragment, but no secret.
 */
public abstract sealed class RingException extends IOException
        permits RingUnreachableException,
                RingRefusedException,
                RingBusyException,
                RingFailedException,
                RingGoneException,
                RingLyingException,
                NoMemoryForRingException {
    private static final long serialVersionUID = 1L;

    RingException(String message, Throwable cause) {
        super(message, cause);
    }
}
