package io.gapless.simulator.content;

/** A clip cannot be encoded; the message says why in one sentence. */
public final class EncodingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EncodingException(String message) {
        super(message);
    }
}
