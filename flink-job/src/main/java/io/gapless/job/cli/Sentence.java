package io.gapless.job.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** Turns a failure into one line for people. */
final class Sentence {
    private Sentence() {}

    /** The message of {@code failure} on one line; its kind where it has none. */
    static String of(Throwable failure) {
        String message =
                failure instanceof FileSystemException file ? of(file) : failure.getMessage();
        if (message == null || message.isBlank()) {
            message = failure.getClass().getSimpleName();
        }
        return message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }

    /** The JDK names the file and leaves the trouble to the exception's name. */
    private static String of(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return failure.getFile() + " does not exist, or its directory does not";
        } else if (failure instanceof AccessDeniedException) {
            return failure.getFile() + " may not be used by this user; change its permissions";
        } else if (failure instanceof FileAlreadyExistsException) {
            return failure.getFile() + " is there already and is no directory";
        } else if (failure instanceof NotDirectoryException) {
            return failure.getFile() + " is no directory";
        }
        String reason = Optional.ofNullable(failure.getReason()).orElse("it cannot be used");
        return "%s: %s".formatted(failure.getFile(), reason);
    }
}
