package io.gapless.source.yaml;

/**
 * A file that cannot be used. The message is one sentence for people: file, line, what is wrong and
 * what to do. It never repeats a value of the file, for any value may be a password.
 */
public final class YamlException extends Exception {
    private static final long serialVersionUID = 1L;

    YamlException(String message) {
        super(message);
    }
}
