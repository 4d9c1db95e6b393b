package io.gapless.job.embedded;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Judges by its answers whether a process hangs. It counts the polls at which it saw no answer, not
 * time: a supervisor that was frozen, or slept with its machine, has not polled meanwhile and
 * blames nobody. One process, one thread.
 */
final class ProgressWatch {
    /**
     * Polls without an answer, one a second, after which a process that has answered before and
     * does nothing is given up. Long for a collection of garbage, and short enough to record again
     * within 30 s.
     */
    static final int MOST_SILENT = 10;

    /**
     * The same for one that works: on a machine with too much to do, to start it again would only
     * add to that, and lose what it records.
     */
    static final int MOST_SILENT_AT_WORK = 45;

    /**
     * Polls at which the figure stood still, or there was none yet: the start is within it. The
     * process's own watchdog is much quicker; this is for the case that it is stuck, too.
     */
    static final int MOST_STILL = 120;

    /** Who has used less between two polls did nothing; an idle JVM with Flink uses more. */
    private static final Duration WORK = Duration.ofMillis(10);

    /** Polls in a row: one alone may follow the other too closely to tell. */
    private static final int IDLE_POLLS = 3;

    private final Progress progress;
    private final Supplier<Duration> processorTime;
    private final int mostStill;
    private Optional<CompletableFuture<OptionalLong>> asked = Optional.empty();
    private OptionalLong figure = OptionalLong.empty();
    private boolean answered;
    private boolean progressed;
    private int silent;
    private int still;
    private Duration used = Duration.ZERO;
    private int idle;

    /**
     * @param processorTime what the process has used since its start
     * @param mostStill how many polls it may stand still, {@link #MOST_STILL} or more
     */
    ProgressWatch(Progress progress, Supplier<Duration> processorTime, int mostStill) {
        this.progress = progress;
        this.processorTime = processorTime;
        this.mostStill = mostStill;
    }

    /**
     * Hears what was answered and asks again; to be called about once a second.
     *
     * @return why the process should be given up, continuing its name, if it should
     */
    Optional<String> poll() {
        silent++;
        still++;
        seeWork();
        hear();
        if (asked.isEmpty()) {
            asked = Optional.of(progress.ask());
        }
        if (answered && silent >= (idle >= IDLE_POLLS ? MOST_SILENT : MOST_SILENT_AT_WORK)) {
            return Optional.of("has not answered for %d s".formatted(silent));
        }
        return still >= mostStill
                ? Optional.of("has made no progress for %d s".formatted(still))
                : Optional.empty();
    }

    /** Whether it has ever told of any. */
    boolean hasProgressed() {
        return progressed;
    }

    private void seeWork() {
        Duration now = processorTime.get();
        idle = now.minus(used).compareTo(WORK) < 0 ? idle + 1 : 0;
        used = now;
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
            progressed |= now.isPresent();
        }
        asked = Optional.empty();
    }
}
