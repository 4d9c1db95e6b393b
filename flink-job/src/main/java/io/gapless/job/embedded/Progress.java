package io.gapless.job.embedded;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Asks a process how far it has come. */
@FunctionalInterface
interface Progress {
    /**
     * Asks once and does not wait.
     *
     * @return a figure that changes again and again while the process does its work, or none if it
     *     answers but cannot tell; fails if it does not answer
     */
    CompletableFuture<OptionalLong> ask();
}
