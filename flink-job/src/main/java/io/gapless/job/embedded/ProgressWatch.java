package io.gapless.job.embedded;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Judges by its answers whether a process hangs. It counts the polls at which it saw no answer, not
 * time: a supervisor that was frozen, or slept with its machine, has not polled meanwhile and
 * blames nobody. One process, one thread.
 */
final class ProgressWatch {
    /**
     * Polls without an answer, one a second, after which a process that has answered before is
     * given up. Long for a collection of garbage or a busy machine, and short enough to record
     * again within 30 s.
     */
    static final int MOST_SILENT = 10;

    /**
     * Polls at which the figure stood still, or there was none yet: the start is within it. The
     * process's own watchdog is much quicker; this is for the case that it is stuck, too.
     */
    static final int MOST_STILL = 120;

    private final Progress progress;
    private Optional<CompletableFuture<OptionalLong>> asked = Optional.empty();
    private OptionalLong figure = OptionalLong.empty();
    private boolean answered;
    private int silent;
    private int still;

    ProgressWatch(Progress progress) {
        this.progress = progress;
    }

    /**
     * Hears what was answered and asks again; to be called about once a second.
     *
     * @return why the process should be given up, continuing its name, if it should
     */
    Optional<String> poll() {
        silent++;
        still++;
        hear();
        if (asked.isEmpty()) {
            asked = Optional.of(progress.ask());
        }
        if (answered && silent >= MOST_SILENT) {
            return Optional.of("has not answered for %d s".formatted(silent));
        }
        return still >= MOST_STILL
                ? Optional.of("has made no progress for %d s".formatted(still))
                : Optional.empty();
    }

    private void hear() {
        if (asked.isEmpty() || !asked.get().isDone()) {
            return;
        }
        if (!asked.get().isCompletedExceptionally()) {
            answered = true;
            silent = 0;
            OptionalLong now = asked.get().join();
            still = now.equals(figure) || now.isEmpty() ? still : 0;
            figure = now;
        }
        asked = Optional.empty();
    }
}
