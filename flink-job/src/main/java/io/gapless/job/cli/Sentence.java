package io.gapless.job.cli;

/** Turns a failure into one line for people. */
final class Sentence {
    private Sentence() {}

    /** The message of {@code failure} on one line; its kind where it has none. */
    static String of(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            message = failure.getClass().getSimpleName();
        }
        return message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
