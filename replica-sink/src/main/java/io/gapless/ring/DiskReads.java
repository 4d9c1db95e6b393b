package io.gapless.ring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Asks each disk on threads of its own, and waits for it no longer than a deadline. A disk that
 * misses it counts as hanging and is not asked again until it has answered what it owes. So it
 * holds up its own threads, a few callers once, and nobody else. Safe for any number of threads.
 */
final class DiskReads {
    private static final int THREADS_A_DISK = 4;
    private static final int IDLE_SECONDS = 10;

    /** What a disk is asked. */
    interface Question<T> {
        T ask() throws IOException;
    }

    private static final class Disk {
        private final ThreadPoolExecutor threads;

        /** Answers that nobody waits for any more. */
        private final AtomicInteger overdue = new AtomicInteger();

        Disk(Path directory) {
            this.threads =
                    new ThreadPoolExecutor(
                            THREADS_A_DISK,
                            THREADS_A_DISK,
                            IDLE_SECONDS,
                            TimeUnit.SECONDS,
                            new LinkedBlockingQueue<>(),
                            task -> {
                                Thread thread = new Thread(task, "ring-read " + directory);
                                thread.setDaemon(true);
                                return thread;
                            });
            threads.allowCoreThreadTimeOut(true);
        }
    }

    /** An answer to come. */
    final class Asked<T> {
        private final Disk disk;
        private final CompletableFuture<T> answer = new CompletableFuture<>();

        private Asked(Disk disk) {
            this.disk = disk;
        }

        /**
         * Waits for the answer until the deadline of the question.
         *
         * @param late takes over an answer that comes after it
         * @throws IOException the disk's, or that it hangs
         */
        T await(Consumer<T> late) throws IOException {
            try {
                long left = deadlineNanos - System.nanoTime();
                return answer.get(Math.max(0, left), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                abandon(late);
                throw new IOException("the disk has not answered for " + deadline, e);
            } catch (InterruptedException e) {
                abandon(late);
                Thread.currentThread().interrupt();
                throw new IOException("asking the disk was interrupted", e);
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            }
        }

        private final long deadlineNanos = System.nanoTime() + deadline.toNanos();

        private void abandon(Consumer<T> late) {
            disk.overdue.incrementAndGet();
            var unused =
                    answer.whenComplete(
                            (value, failure) -> {
                                disk.overdue.decrementAndGet();
                                if (failure == null) {
                                    late.accept(value);
                                }
                            });
        }

        private static IOException failure(Throwable cause) {
            if (cause instanceof IOException e) {
                return e;
            } else if (cause instanceof UncheckedIOException e) {
                return e.getCause();
            } else if (cause instanceof Error e) {
                throw e;
            }
            throw new IllegalStateException(cause);
        }
    }

    private final Duration deadline;
    private final Map<Path, Disk> disks = new ConcurrentHashMap<>();

    /**
     * @param deadline for one question
     */
    DiskReads(Duration deadline) {
        this.deadline = deadline;
    }

    private Disk disk(Path directory) {
        return disks.computeIfAbsent(directory, Disk::new);
    }

    /**
     * Asks without waiting.
     *
     * @throws IOException if the disk hangs
     */
    <T> Asked<T> ask(Path directory, Question<T> question) throws IOException {
        Disk disk = disk(directory);
        if (disk.overdue.get() > 0) {
            throw new IOException("the disk has still not answered");
        }
        Asked<T> asked = new Asked<>(disk);
        disk.threads.execute(() -> answer(question, asked.answer));
        return asked;
    }

    private static <T> void answer(Question<T> question, CompletableFuture<T> answer) {
        try {
            answer.complete(question.ask());
        } catch (IOException | RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    /** Has the disk's threads do something whenever they can. */
    void later(Path directory, Runnable task) {
        disk(directory).threads.execute(task);
    }
}
