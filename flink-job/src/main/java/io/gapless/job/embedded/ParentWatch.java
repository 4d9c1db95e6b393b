package io.gapless.job.embedded;

import java.io.IOException;

/**
 * Ties a child process to its parent. The parent holds the other end of the child's standard input
 * and never writes, so its end means that the parent asked the child to stop or is gone, even by
 * {@code kill -9}.
 */
final class ParentWatch {
    private ParentWatch() {}

    /** Runs {@code onEnd} on a thread of its own once standard input ends. */
    static void start(Runnable onEnd) {
        Thread thread =
                new Thread(
                        () -> {
                            awaitEnd();
                            onEnd.run();
                        },
                        "parent-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever sent; only the end matters.
            }
        } catch (IOException e) {
            // A broken pipe is an end, too.
        }
    }
}
