package io.gapless.source.catalogue;

/**
 * A catalogue that cannot be used. The message is one sentence for people: file, line, what is
 * wrong and what to do. It never holds a password.
 */
public final class CatalogueException extends Exception {
    private static final long serialVersionUID = 1L;

    CatalogueException(String message) {
        super(message);
    }
}
